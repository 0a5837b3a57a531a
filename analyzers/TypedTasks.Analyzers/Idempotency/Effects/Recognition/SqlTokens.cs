namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Takes SQL apart into the words that its reader looks at.</summary>
internal static class SqlTokens
{
    /// <summary>Upper-case words, numbers, quoted text (as <c>'…'</c>), parameters with their sign, operators. Comments are left out; quotes around names, too.</summary>
    public static List<string> Of(string text)
    {
        List<string> tokens = [];
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '-' && i + 1 < text.Length && text[i + 1] == '-')
            {
                i = After(text, "\n", i);
            }
            else if (c == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                i = After(text, "*/", i + 2);
            }
            else if (c == '\'')
            {
                i = After(text, "'", i + 1);
                tokens.Add("''");
            }
            else if (c is '"' or '`' or '[')
            {
                int end = text.IndexOf(c == '[' ? ']' : c, i + 1);
                end = end < 0 ? text.Length : end;
                tokens.Add(text.Substring(i + 1, end - i - 1).ToUpperInvariant());
                i = end + 1;
            }
            else if (c == '{' && i + 1 < text.Length && text[i + 1] == '}')
            {
                tokens.Add("{}");
                i += 2;
            }
            else if (IsWord(c) || (c is '@' or ':' or '$' or '#' && i + 1 < text.Length && IsWord(text[i + 1])))
            {
                int start = i++;
                while (i < text.Length && IsWord(text[i]))
                {
                    i++;
                }

                tokens.Add(text.Substring(start, i - start).ToUpperInvariant());
            }
            else
            {
                string two = i + 1 < text.Length ? text.Substring(i, 2) : "";
                string token = two is "<>" or "!=" or "<=" or ">=" or "+=" or "-=" or "*=" or "||" or "::" ? two : c.ToString();
                tokens.Add(token);
                i += token.Length;
            }
        }

        return tokens;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static int After(string text, string end, int from)
    {
        int found = text.IndexOf(end, Math.Min(from, text.Length), StringComparison.Ordinal);
        return found < 0 ? text.Length : found + end.Length;
    }
}
