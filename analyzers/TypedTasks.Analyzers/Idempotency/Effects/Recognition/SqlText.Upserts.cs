namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Statements that find their row or make it: whether they add to the one that they find.</content>
internal static partial class SqlText
{
    // INSERT INTO t AS a … ON CONFLICT (id) DO UPDATE SET n = a.n + 1; INSERT … ON DUPLICATE KEY UPDATE n = n + VALUES(n)
    private static bool UpsertAdds(List<string> tokens, int first)
    {
        int clause = tokens.FindIndex(first, token => token is "CONFLICT" or "DUPLICATE");
        int update = clause < 0 ? -1 : tokens.IndexOf("UPDATE", clause);
        int name = tokens.IndexOf("INTO", first) + 1;
        return update > 0 && name > 0 && FoundIsAddedTo(tokens, update + 1, OwnersOf(tokens, name));
    }

    // MERGE INTO t USING s ON … WHEN MATCHED THEN UPDATE SET t.n = t.n + s.n
    private static bool MergeAdds(List<string> tokens)
    {
        int merge = tokens.IndexOf("MERGE");
        int matched = merge < 0 ? -1 : tokens.FindIndex(merge, token => token == "MATCHED");
        if (matched < 1 || matched + 2 >= tokens.Count || tokens[matched - 1] != "WHEN" || tokens[matched + 1] != "THEN" || tokens[matched + 2] != "UPDATE")
        {
            // WHEN MATCHED AND … asks what is there.
            return false;
        }

        return FoundIsAddedTo(tokens, matched + 3, OwnersOf(tokens, tokens[merge + 1] == "INTO" ? merge + 2 : merge + 1));
    }

    private static bool FoundIsAddedTo(List<string> tokens, int start, HashSet<string> owners)
    {
        int end = tokens.FindIndex(start, token => token is "WHERE" or "WHEN" or "RETURNING" or "OUTPUT" or ";");
        int where = end >= 0 && tokens[end] == "WHERE" ? end : -1;
        end = end < 0 ? tokens.Count : end;
        HashSet<string> modified = ModifiedColumns(tokens, start, end, owners);

        // What is chosen by a condition may well ask for what was there.
        return modified.Count > 0 && !tokens.GetRange(start, end - start).Any(token => token is "CASE" or "IF" or "IIF" or "DECODE") && !(where > 0 && IsConditional(tokens, where + 1, modified));
    }

    // The names by which a statement calls the row that is there: its table's, and what stands behind it.
    private static HashSet<string> OwnersOf(List<string> tokens, int name)
    {
        HashSet<string> owners = new(StringComparer.Ordinal);
        if (name < tokens.Count)
        {
            name = LastPart(tokens, name);
            owners.Add(tokens[name]);
            int alias = name + 1 < tokens.Count && tokens[name + 1] == "AS" ? name + 2 : name + 1;
            if (alias < tokens.Count && char.IsLetter(tokens[alias].FirstOrDefault()) && tokens[alias] is not ("VALUES" or "SELECT" or "SET" or "USING" or "WITH" or "DEFAULT"))
            {
                owners.Add(tokens[alias]);
            }
        }

        return owners;
    }

    // Neither excluded.n nor VALUES(n) is what is there.
    private static bool IsOfOwner(List<string> tokens, int column, HashSet<string> owners) =>
        tokens[column - 1] == "." ? owners.Contains(tokens[column - 2]) : !(tokens[column - 1] == "(" && tokens[column - 2] == "VALUES");
}
