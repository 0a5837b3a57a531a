using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.CodeFixes;

/// <summary>Attributes as they are written, and changes of them.</summary>
internal static class TaskAttributes
{
    /// <summary>The attribute that is written with this name, with or without its namespace and suffix.</summary>
    public static AttributeSyntax? Find(MemberDeclarationSyntax member, string name) => member.AttributeLists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => NameOf(attribute) is var written && (written == name || written == name + "Attribute"));

    /// <summary>Puts an attribute on a line of its own before the member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="attribute">The attribute without brackets: <c>Task</c>, <c>Key(3)</c>.</param>
    public static TMember Add<TMember>(TMember member, string attribute)
        where TMember : MemberDeclarationSyntax
    {
        AttributeListSyntax list = Parse(attribute);
        SyntaxTriviaList indentation = IndentationOf(member);
        if (member.AttributeLists.Count == 0)
        {
            // The comments stay in front.
            SyntaxTriviaList comments = member.GetLeadingTrivia();
            return (TMember)member.WithLeadingTrivia(indentation).WithAttributeLists(
                SyntaxFactory.SingletonList(list.WithLeadingTrivia(comments).WithTrailingTrivia(LineEndOf(member))));
        }

        bool isOnALineOfItsOwn = member.AttributeLists.Last().GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        return (TMember)member.WithAttributeLists(member.AttributeLists.Add(isOnALineOfItsOwn
            ? list.WithLeadingTrivia(indentation).WithTrailingTrivia(LineEndOf(member))
            : list.WithTrailingTrivia(SyntaxFactory.Space)));
    }

    /// <summary>Replaces the attribute's first positional argument, or puts one before the others.</summary>
    public static AttributeSyntax WithPositional(AttributeSyntax attribute, ExpressionSyntax value)
    {
        AttributeArgumentListSyntax arguments = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        if (arguments.Arguments.FirstOrDefault() is { NameEquals: null } positional)
        {
            return attribute.ReplaceNode(positional.Expression, value.WithTriviaFrom(positional.Expression));
        }

        return attribute.WithArgumentList(arguments.WithArguments(Prepend(arguments.Arguments, SyntaxFactory.AttributeArgument(value))));
    }

    /// <summary>Sets a named argument of the attribute.</summary>
    public static AttributeSyntax WithNamed(AttributeSyntax attribute, string name, ExpressionSyntax value)
    {
        AttributeArgumentListSyntax arguments = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        if (arguments.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name) is { } existing)
        {
            return attribute.ReplaceNode(existing.Expression, value.WithTriviaFrom(existing.Expression));
        }

        AttributeArgumentSyntax added = SyntaxFactory.AttributeArgument(value).WithNameEquals(SyntaxFactory.NameEquals(
            SyntaxFactory.IdentifierName(name),
            SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Space), SyntaxKind.EqualsToken, SyntaxFactory.TriviaList(SyntaxFactory.Space))));
        return attribute.WithArgumentList(arguments.WithArguments(Append(arguments.Arguments, added)));
    }

    /// <summary>Takes an attribute away, and its brackets and line where it stands alone in them.</summary>
    public static SyntaxNode Remove(SyntaxNode root, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        return list.Attributes.Count > 1
            ? root.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!
            : RemoveList(root, list);
    }

    /// <summary>A string as source writes it.</summary>
    public static LiteralExpressionSyntax Text(string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));

    public static string NameOf(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => attribute.Name.ToString(),
    };

    private static AttributeListSyntax Parse(string attribute) =>
        ((TypeDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{attribute}] class C;")!).AttributeLists[0].WithoutTrivia();

    // The comments before the list stay: they are of the member, or of what follows.
    private static SyntaxNode RemoveList(SyntaxNode root, AttributeListSyntax list)
    {
        SyntaxToken next = list.GetLastToken().GetNextToken();
        SyntaxNode moved = root.TrackNodes(list);
        SyntaxToken current = moved.GetCurrentNode(list)!.GetLastToken().GetNextToken();
        SyntaxTriviaList leading = list.GetLeadingTrivia();
        SyntaxTriviaList own = next.LeadingTrivia;
        IEnumerable<SyntaxTrivia> comments = own.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        moved = moved.ReplaceToken(current, current.WithLeadingTrivia(leading.AddRange(comments)));
        return moved.RemoveNode(moved.GetCurrentNode(list)!, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    private static SyntaxTriviaList IndentationOf(SyntaxNode node)
    {
        SyntaxTriviaList leading = node.GetLeadingTrivia();
        SyntaxTrivia last = leading.Count > 0 ? leading[leading.Count - 1] : default;
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : default;
    }

    private static SyntaxTrivia LineEndOf(SyntaxNode node)
    {
        SyntaxTrivia known = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return known.IsKind(SyntaxKind.EndOfLineTrivia) ? SyntaxFactory.EndOfLine(known.ToString()) : SyntaxFactory.EndOfLine("\n");
    }

    private static SeparatedSyntaxList<AttributeArgumentSyntax> Prepend(SeparatedSyntaxList<AttributeArgumentSyntax> list, AttributeArgumentSyntax first) =>
        Separated([first, .. list]);

    private static SeparatedSyntaxList<AttributeArgumentSyntax> Append(SeparatedSyntaxList<AttributeArgumentSyntax> list, AttributeArgumentSyntax last) =>
        Separated([.. list, last]);

    private static SeparatedSyntaxList<AttributeArgumentSyntax> Separated(IReadOnlyCollection<AttributeArgumentSyntax> arguments) => SyntaxFactory.SeparatedList(
        arguments,
        Enumerable.Repeat(SyntaxFactory.Token(default, SyntaxKind.CommaToken, SyntaxFactory.TriviaList(SyntaxFactory.Space)), arguments.Count - 1));
}
