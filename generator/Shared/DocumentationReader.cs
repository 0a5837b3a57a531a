using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>Reads the documentation that a contract's author wrote above a method, for the client method that stands in for it.</summary>
internal static class DocumentationReader
{
    public static DocumentationModel Read(IMethodSymbol method, CancellationToken cancellationToken)
    {
        string? xml = method.GetDocumentationCommentXml(cancellationToken: cancellationToken);
        if (string.IsNullOrEmpty(xml))
        {
            // A build that writes no documentation file does not parse the comments, but they are there.
            xml = FromTrivia(method, cancellationToken);
        }

        if (string.IsNullOrEmpty(xml) || Parse(xml!) is not { } documentation || Inner(documentation.Element("summary")) is not { Length: > 0 } summary)
        {
            return DocumentationModel.None;
        }

        return new DocumentationModel(
            summary,
            documentation.Elements("param")
                .Where(parameter => parameter.Attribute("name") is not null)
                .GroupBy(parameter => parameter.Attribute("name")!.Value, StringComparer.Ordinal)
                .Select(group => new ParameterDocumentation(group.Key, Inner(group.First())))
                .ToEquatableArray());
    }

    private static string? FromTrivia(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference)
        {
            return null;
        }

        StringBuilder text = new();
        foreach (string line in reference.GetSyntax(cancellationToken).GetLeadingTrivia().ToFullString().Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith("///", StringComparison.Ordinal))
            {
                text.Append(trimmed.Substring(3)).Append('\n');
            }
        }

        return text.Length == 0 ? null : $"<member>{text}</member>";
    }

    private static XElement? Parse(string xml)
    {
        try
        {
            return XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // Badly formed, or in the middle of being typed: the compiler tells its author.
            return null;
        }
    }

    /// <summary>The inner XML, each line without its indentation, without empty lines around.</summary>
    private static string Inner(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        string inner = string.Concat(element.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting)));
        return string.Join("\n", inner.Split('\n').Select(line => line.Trim())).Trim('\n');
    }
}
