namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What running a piece of SQL a second time does.</summary>
internal enum SqlEffect
{
    /// <summary>Not understood, or not constant: nothing is said of it.</summary>
    Unknown,

    Read,

    /// <summary>Overwrites, deletes, or does nothing the second time.</summary>
    Repeatable,

    Insert,

    Modify,
}

/// <summary>The judgement over a constant SQL text.</summary>
/// <param name="Effect">The worst of its statements.</param>
/// <param name="Key">The parameter that gives an inserted row its key (<c>id</c> of <c>@id</c>), or null where the database makes it.</param>
/// <param name="Table">The table that rows are inserted into, in upper case, or null.</param>
internal readonly record struct SqlVerdict(SqlEffect Effect, string? Key = null, string? Table = null);

/// <summary>
/// A small reader of SQL: enough to tell an insert that makes a second row from one that cannot, and an update that adds from one that sets.
/// It knows the usual words of SQL Server, PostgreSQL, MySQL, SQLite and Oracle; what it does not know it does not judge.
/// </summary>
internal static partial class SqlText
{
    public static SqlVerdict Judge(string text)
    {
        List<string> tokens = SqlTokens.Of(text);
        SqlVerdict worst = new(SqlEffect.Unknown);
        if (tokens.Count == 0 || Has(tokens, "EXISTS") || Has(tokens, "MERGE"))
        {
            // A condition on what is there: IF NOT EXISTS (…) INSERT, WHERE NOT EXISTS, MERGE.
            return tokens.Count > 0 && tokens[0] is "SELECT" ? new(SqlEffect.Read)
                : tokens.Count == 0 ? worst
                : new(MergeAdds(tokens) ? SqlEffect.Modify : SqlEffect.Repeatable);
        }

        int start = 0;
        for (int i = 0; i <= tokens.Count; i++)
        {
            if (i == tokens.Count || tokens[i] == ";")
            {
                SqlVerdict verdict = Statement(tokens.GetRange(start, i - start));
                worst = verdict.Effect > worst.Effect ? verdict : worst;
                start = i + 1;
            }
        }

        return worst;
    }

    /// <summary>Whether the text deletes from a table by something other than age: what is inserted into it then is there once.</summary>
    public static bool Empties(string text, string table)
    {
        List<string> tokens = SqlTokens.Of(text);
        for (int i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i] is "CREATE" && tokens[i + 1] is "TEMP" or "TEMPORARY" && TableAfter(tokens, i + 1) == table)
            {
                return true;
            }

            if (tokens[i] is "DELETE" or "TRUNCATE" or "DROP" && TableAfter(tokens, i) == table)
            {
                int end = tokens.IndexOf(";", i);
                return !tokens.GetRange(i, (end < 0 ? tokens.Count : end) - i).Any(token => token is "<" or ">" or "<=" or ">=" or "BETWEEN");
            }
        }

        return false;
    }

    /// <summary>Whether rows that the query finds are not found again after the change: <c>SELECT … WHERE sent_at IS NULL</c>, and <c>UPDATE … SET sent_at</c> or <c>DELETE</c>.</summary>
    public static bool IsWorkedOff(string query, string change)
    {
        List<string> asked = SqlTokens.Of(query);
        List<string> changed = SqlTokens.Of(change);
        int where = asked.IndexOf("WHERE");
        int set = changed.IndexOf("SET");
        if (where < 0 || changed.Count == 0)
        {
            return false;
        }

        if (changed[0] == "DELETE")
        {
            int from = asked.IndexOf("FROM");
            return from >= 0 && TableAfter(asked, from - 1) == TableAfter(changed, 0);
        }

        int end = changed.IndexOf("WHERE");
        return changed[0] == "UPDATE" && set > 0 && Enumerable.Range(where, asked.Count - where - 1).Any(i =>
            asked[i + 1] is "IS" or "=" && changed.IndexOf(asked[i], set) is var column && column > set && (end < 0 || column < end) && column + 1 < changed.Count && changed[column + 1] == "=");
    }

    /// <summary>
    /// Whether what the statement gives back was taken by it, and by it alone: <c>UPDATE mails SET state = 'sending' WHERE state = 'new' RETURNING *</c>, <c>DELETE … RETURNING</c>,
    /// <c>INSERT … ON CONFLICT DO NOTHING RETURNING id</c>. A second run finds nothing to take.
    /// </summary>
    public static bool Claims(string text)
    {
        List<string> tokens = SqlTokens.Of(text);
        int verb = Enumerable.Range(0, tokens.Count).Where(i => tokens[i] is "INSERT" or "DELETE" || (tokens[i] == "UPDATE" && !IsOfLock(tokens, i))).DefaultIfEmpty(-1).First();
        if (verb < 0 || !(Has(tokens, "RETURNING") || Has(tokens, "OUTPUT")))
        {
            return false;
        }

        switch (tokens[verb])
        {
            case "INSERT":
                return (Has(tokens, "NOTHING") || Has(tokens, "IGNORE") || Has(tokens, "EXISTS")) && !Has(tokens, "UPDATE");
            case "DELETE":
                return true;
            default:
                int set = tokens.IndexOf("SET");
                int end = set < 0 ? -1 : tokens.FindIndex(set, token => token is "WHERE" or "FROM" or "OUTPUT" or "RETURNING");
                return end > set && Enumerable.Range(set, end - set - 1).Any(i => tokens[i + 1] == "=" && IsAsked(tokens, tokens[i], set, end));
        }
    }

    // SELECT … FOR UPDATE changes nothing.
    private static bool IsOfLock(List<string> tokens, int update) => update > 0 && tokens[update] == "UPDATE" && tokens[update - 1] is "FOR" or "KEY";

    // The column is compared somewhere besides the list of what is set.
    private static bool IsAsked(List<string> tokens, string column, int set, int end) =>
        Enumerable.Range(0, tokens.Count - 1).Any(i => (i < set || i >= end) && tokens[i] == column && tokens[i + 1] is "=" or "IS" or "<>" or "!=" or "IN" or "<" or "<=");

    /// <summary>Whether a change is of the table that a query reads, and asks for nothing but a key: <c>SELECT used FROM quota …</c>, <c>UPDATE quota SET used = @used WHERE id = @id</c>.</summary>
    public static bool IsOfSameRow(string query, string change)
    {
        List<string> asked = SqlTokens.Of(query);
        List<string> changed = SqlTokens.Of(change);
        int from = asked.IndexOf("FROM");
        return from > 0 && changed.Count > 0 && changed[0] == "UPDATE" && !Has(changed, "AND") && !Has(changed, ";") && !Has(asked, "SUM") && !Has(asked, "COUNT") && !Has(asked, "MAX") &&
            TableAfter(asked, from) == TableAfter(changed, 0);
    }

    // The last part of the name behind DELETE FROM, TRUNCATE TABLE, SELECT … FROM.
    private static string? TableAfter(List<string> tokens, int verb)
    {
        int name = verb + 1;
        while (name < tokens.Count && tokens[name] is "FROM" or "TABLE" or "ONLY" or "IF" or "NOT" or "EXISTS")
        {
            name++;
        }

        return name < tokens.Count ? tokens[LastPart(tokens, name)] : null;
    }

    private static SqlVerdict Statement(List<string> tokens)
    {
        // A common table expression stands before the statement that matters.
        int first = tokens.Count > 0 && tokens[0] == "WITH" ? tokens.FindIndex(token => token is "INSERT" or "UPDATE" or "DELETE") : 0;
        if (first < 0)
        {
            return new(SqlEffect.Read);
        }

        return (tokens.Count > first ? tokens[first] : "") switch
        {
            "SELECT" => SelectsInto(tokens) ? new(SqlEffect.Unknown) : new(SqlEffect.Read),
            "INSERT" => Insert(tokens, first),
            "COPY" => Copy(tokens),
            "UPDATE" => Update(tokens, first),
            "DELETE" or "REPLACE" or "TRUNCATE" => new(SqlEffect.Repeatable),
            _ => new(SqlEffect.Unknown),
        };
    }

    // SELECT nextval(…) and SELECT … INTO write; neither is judged.
    private static bool SelectsInto(List<string> tokens) => Has(tokens, "INTO") || Has(tokens, "NEXTVAL");

    private static SqlVerdict Insert(List<string> tokens, int first)
    {
        if (Has(tokens, "CONFLICT") || Has(tokens, "DUPLICATE") || Has(tokens, "IGNORE") || Has(tokens, "REPLACE") || Has(tokens, "EXCEPT") || TakesWhatIsMissing(tokens))
        {
            return new(UpsertAdds(tokens, first) ? SqlEffect.Modify : SqlEffect.Repeatable);
        }

        int name = first + 1;
        while (name < tokens.Count && tokens[name] is "INTO" or "OVERWRITE")
        {
            name++;
        }

        if (name >= tokens.Count)
        {
            return new(SqlEffect.Unknown);
        }

        name = LastPart(tokens, name);
        string table = tokens[name];
        return IsTemporary(table) ? new(SqlEffect.Unknown) : new(SqlEffect.Insert, KeyOf(tokens, name + 1, table), table);
    }

    // COPY table (columns) FROM STDIN, by which PostgreSQL's clients send rows. Where the key is among the columns, it is not seen what it is given.
    private static SqlVerdict Copy(List<string> tokens)
    {
        int from = tokens.IndexOf("FROM");
        if (from < 2 || tokens[1] == "(")
        {
            return new(SqlEffect.Read);
        }

        int name = LastPart(tokens, 1);
        string table = tokens[name];
        bool hasKey = tokens.GetRange(name + 1, from - name - 1).Any(column => IsKey(column, table));
        return hasKey || IsTemporary(table) ? new(SqlEffect.Unknown) : new(SqlEffect.Insert, null, table);
    }

    /// <summary>The last part of a table's name, as statements write it: <c>LINES</c> of <c>[dbo].[lines]</c>.</summary>
    public static string TableOf(string name)
    {
        List<string> tokens = SqlTokens.Of(name);
        return tokens.Count == 0 ? "" : tokens[LastPart(tokens, 0)];
    }

    /// <summary>Temporary tables end with the connection.</summary>
    public static bool IsTemporary(string table) => table.StartsWith("#", StringComparison.Ordinal) || table.StartsWith("@", StringComparison.Ordinal) || table.StartsWith("TEMP", StringComparison.Ordinal);

    private static int LastPart(List<string> tokens, int name)
    {
        while (name + 2 < tokens.Count && tokens[name + 1] == ".")
        {
            name += 2;
        }

        return name;
    }

    // INSERT … SELECT … LEFT JOIN the table … WHERE its column IS NULL; INSERT … SELECT … WHERE … NOT IN (SELECT …).
    private static bool TakesWhatIsMissing(List<string> tokens)
    {
        int select = tokens.IndexOf("SELECT");
        return select > 0 && Enumerable.Range(select, tokens.Count - select - 1).Any(i =>
            tokens[i + 1] == "IN" ? tokens[i] == "NOT" && i + 3 < tokens.Count && tokens[i + 3] == "SELECT" : tokens[i] == "IS" && tokens[i + 1] == "NULL" && Has(tokens, "JOIN") && Has(tokens, "LEFT"));
    }

    /// <summary>The parameter given to the column that is the key by its name: <c>id</c>, or <c>payment_id</c> of <c>payments</c>.</summary>
    private static string? KeyOf(List<string> tokens, int open, string table)
    {
        if (open >= tokens.Count || tokens[open] != "(")
        {
            return null;
        }

        List<string> columns = [];
        int i = open + 1;
        for (; i < tokens.Count && tokens[i] != ")"; i++)
        {
            if (tokens[i] != ",")
            {
                columns.Add(tokens[i]);
            }
        }

        int values = tokens.IndexOf("VALUES", i);
        int key = columns.FindIndex(column => IsKey(column, table));
        if (key < 0 || values < 0 || values + 1 >= tokens.Count)
        {
            return null;
        }

        int depth = 0;
        int position = 0;
        for (int v = values + 1; v < tokens.Count; v++)
        {
            switch (tokens[v])
            {
                case "(":
                    depth++;
                    break;
                case ")":
                    depth--;
                    break;
                case "," when depth == 1:
                    position++;
                    break;
                case { } token when depth == 1 && position == key:
                    return token.TrimStart('@', ':', '$');
            }
        }

        return null;
    }

    private static bool IsKey(string column, string table)
    {
        string singular = table.EndsWith("IES", StringComparison.Ordinal) ? table.Substring(0, table.Length - 3) + "Y"
            : table.EndsWith("S", StringComparison.Ordinal) ? table.Substring(0, table.Length - 1)
            : table;
        return column is "ID" or "UUID" or "GUID" or "KEY" || column == singular + "_ID" || column == singular + "ID" ||
            column is "IDEMPOTENCY_KEY" or "IDEMPOTENCYKEY" or "MESSAGE_ID" or "MESSAGEID";
    }

    private static SqlVerdict Update(List<string> tokens, int first)
    {
        int set = tokens.IndexOf("SET", first);
        if (set < 0)
        {
            return new(SqlEffect.Unknown);
        }

        int where = tokens.IndexOf("WHERE", set);
        int end = where < 0 ? tokens.Count : where;
        HashSet<string> modified = ModifiedColumns(tokens, set + 1, end);
        if (modified.Count == 0)
        {
            return new(SqlEffect.Repeatable);
        }

        return where >= 0 && IsConditional(tokens, where + 1, modified) ? new(SqlEffect.Repeatable) : new(SqlEffect.Modify);
    }

    /// <summary>The columns whose new value is arithmetic over the old one: <c>c = c + 1</c>, <c>c = COALESCE(c, 0) + @n</c>, <c>c += @n</c>.</summary>
    private static HashSet<string> ModifiedColumns(List<string> tokens, int start, int end, HashSet<string>? owners = null)
    {
        HashSet<string> modified = new(StringComparer.Ordinal);
        for (int i = start; i < end; i++)
        {
            if (tokens[i] is "+=" or "-=" or "*=")
            {
                modified.Add(tokens[i - 1]);
                continue;
            }

            if (tokens[i] != "=")
            {
                continue;
            }

            string column = tokens[i - 1];
            int depth = 0;
            bool reads = false;
            bool adds = false;
            for (int j = i + 1; j < end && !(depth == 0 && tokens[j] == ","); j++)
            {
                depth += tokens[j] == "(" ? 1 : tokens[j] == ")" ? -1 : 0;
                reads |= tokens[j] == column && (owners is null || IsOfOwner(tokens, j, owners));
                adds |= tokens[j] is "+" or "-" or "*" or "||" or "CONCAT" or "ARRAY_APPEND" or "ARRAY_PREPEND" or "ARRAY_CAT" or "JSON_ARRAY_APPEND";
            }

            if (reads && adds)
            {
                modified.Add(column);
            }
        }

        // Counters that count the attempts are meant to move.
        modified.RemoveWhere(column => column.Contains("ATTEMPT") || column.Contains("RETRY") || column.Contains("RETRIES") || column.Contains("TRIES") || column.Contains("VERSION"));
        return modified;
    }

    /// <summary>Whether the rows are chosen by something that the update itself changes or records, so that a second one finds none.</summary>
    private static bool IsConditional(List<string> tokens, int start, HashSet<string> modified)
    {
        for (int i = start; i < tokens.Count; i++)
        {
            string before = i > start ? tokens[i - 1] : "";
            string after = i + 1 < tokens.Count ? tokens[i + 1] : "";
            bool isOwn = modified.Contains(before);
            switch (tokens[i])
            {
                case "<>" or "!=" when !isOwn:
                case "IS" when !isOwn:
                case "NOT":
                case "=" when !isOwn && (IsLiteral(after) || IsState(before)):
                case "<" or "<=" or ">" or ">=" when !isOwn:
                case "IN" when IsState(before):
                    return true;
            }
        }

        return false;
    }

    private static bool IsLiteral(string token) =>
        token.Length > 0 && (token[0] == '\'' || char.IsDigit(token[0]) || token is "TRUE" or "FALSE");

    private static bool IsState(string column) =>
        column.Contains("VERSION") || column.Contains("STATUS") || column.Contains("STATE") || column.Contains("ETAG") || column.Contains("STAMP") || column == "XMIN";

    private static bool Has(List<string> tokens, string word) => tokens.Contains(word);
}
