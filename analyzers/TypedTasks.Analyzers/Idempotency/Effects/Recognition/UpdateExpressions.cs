using System.Text;
using System.Text.RegularExpressions;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// DynamoDB's update expressions (<c>SET stock = stock - :n ADD visits :one REMOVE draft</c>) as the SQL that does the same, so that one reader judges both.
/// </summary>
internal static class UpdateExpressions
{
    private const string NotYet = "done IS NULL";

    private static readonly Regex Clause = new(@"(?<![:#.\w])(SET|ADD|REMOVE|DELETE)(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Append = new(@"\blist_append\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // attribute_not_exists(processed): "not yet".
    private static readonly Regex Missing = new(@"\battribute_not_exists\s*\([^)]*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // NOT contains(orders, :order): "not this one yet".
    private static readonly Regex Without = new(@"\bNOT\s+contains\s*\([^)]*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The statement that the expression stands for. What it removes is left out: that may be removed again.</summary>
    public static string AsSql(string expression, string? condition, Func<string, bool> isSet)
    {
        StringBuilder sets = new();
        MatchCollection clauses = Clause.Matches(expression);
        for (int i = 0; i < clauses.Count; i++)
        {
            int start = clauses[i].Index + clauses[i].Length;
            string content = expression.Substring(start, (i + 1 < clauses.Count ? clauses[i + 1].Index : expression.Length) - start);
            switch (clauses[i].Value.ToUpperInvariant())
            {
                case "SET":
                    Add(sets, Append.Replace(content, "CONCAT"));
                    break;
                case "ADD":
                    foreach (string part in content.Split(','))
                    {
                        if (part.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries) is [var path, var value] && !isSet(value))
                        {
                            Add(sets, $"{path} = {path} + {value}");
                        }
                    }

                    break;
            }
        }

        if (sets.Length == 0)
        {
            Add(sets, "nothing = 0");
        }

        return $"UPDATE item SET {sets} WHERE {(condition is null ? "pk = :pk" : Without.Replace(Missing.Replace(condition, NotYet), NotYet))}";
    }

    private static void Add(StringBuilder sets, string part) => sets.Append(sets.Length == 0 ? "" : ", ").Append(part.Trim());
}
