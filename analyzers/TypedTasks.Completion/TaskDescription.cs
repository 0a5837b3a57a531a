using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace TypedTasks.Completion;

/// <summary>What an editor shows beside a task: its signature, and the summary that the generator copied from the contract.</summary>
internal static class TaskDescription
{
    public static string Of(IMethodSymbol task, CancellationToken cancellationToken)
    {
        string signature = task.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat
            .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType)
            .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeOptionalBrackets));
        return Summary(task, cancellationToken) is { Length: > 0 } summary ? $"{signature}\n{summary}" : signature;
    }

    private static string Summary(IMethodSymbol task, CancellationToken cancellationToken)
    {
        string? comment = (task.ReducedFrom ?? task).GetDocumentationCommentXml(cancellationToken: cancellationToken);
        if (string.IsNullOrEmpty(comment))
        {
            return "";
        }

        try
        {
            var text = new StringBuilder();
            foreach (XNode node in XElement.Parse(comment).DescendantsAndSelf("summary").Take(1).DescendantNodes())
            {
                text.Append(node switch
                {
                    XText words => words.Value,
                    XElement { IsEmpty: true } reference => Name(reference),
                    _ => "",
                });
            }

            return string.Join(" ", text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        catch (XmlException)
        {
            // Half-typed, or not XML at all.
            return "";
        }
    }

    // <see cref="M:Shop.Invoice.Pay"/>, <paramref name="amount"/>, <see langword="null"/>.
    private static string Name(XElement reference)
    {
        string named = reference.Attributes().FirstOrDefault()?.Value ?? "";
        return named.Substring(named.LastIndexOf('.') + 1);
    }
}
