using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// Reads an effects file. A line is <c>Namespace.Type.Member = kind clause…</c>, or a list (<c>external: Dapper MailKit</c>); <c>#</c> begins a comment.
/// A line that cannot be read is a problem and nothing else.
/// </summary>
internal sealed class EffectFile
{
    private static readonly string[] Clauses = ["identity", "token", "text", "condition", "table", "entity", "when"];

    private readonly List<EffectRule> _rules = [];
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly List<(int Line, string Problem)> _problems = [];
    private readonly List<(int Line, EffectRule Rule)> _lines = [];

    /// <summary>The lists that a file may extend.</summary>
    public static IReadOnlyList<string> ListNames { get; } = ["external", "token", "read-only-url", "reference", "observe"];

    public IReadOnlyList<EffectRule> Rules => _rules;

    /// <summary>The rules with the line of each.</summary>
    public IReadOnlyList<(int Line, EffectRule Rule)> Lines => _lines;

    public IReadOnlyList<(int Line, string Problem)> Problems => _problems;

    public IReadOnlyList<string> List(string name) => _lists.TryGetValue(name, out List<string>? list) ? list : [];

    public static EffectFile Parse(SourceText text)
    {
        EffectFile file = new();
        foreach (TextLine line in text.Lines)
        {
            file.ParseLine(line.LineNumber, line.ToString());
        }

        return file;
    }

    private void ParseLine(int number, string line)
    {
        int comment = line.IndexOf('#');
        string content = (comment < 0 ? line : line.Substring(0, comment)).Trim();
        if (content.Length == 0)
        {
            return;
        }

        int equals = content.IndexOf('=');
        int colon = content.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 0 && (equals < 0 || colon < equals))
        {
            ParseList(number, content.Substring(0, colon), content.Substring(colon + 2));
        }
        else if (equals <= 0)
        {
            _problems.Add((number, "expected 'Namespace.Type.Member = kind'"));
        }
        else
        {
            ParseRule(number, content.Substring(0, equals).Trim(), content.Substring(equals + 1));
        }
    }

    private void ParseList(int number, string name, string words)
    {
        if (!ListNames.Contains(name))
        {
            _problems.Add((number, $"there is no list '{name}'; there are {string.Join(", ", ListNames)}"));
            return;
        }

        if (!_lists.TryGetValue(name, out List<string>? list))
        {
            _lists[name] = list = [];
        }

        list.AddRange(Words(words));
    }

    private void ParseRule(int number, string symbol, string right)
    {
        string[] words = Words(right);
        if (words.Length == 0 || KindOf(words[0]) is not { } kind)
        {
            _problems.Add((number, words.Length == 0 ? "the kind is missing" : $"there is no kind '{words[0]}'"));
            return;
        }

        if (!TrySymbol(symbol, out string type, out string member, out string? signature))
        {
            _problems.Add((number, $"'{symbol}' is no member of a type"));
            return;
        }

        Dictionary<string, IReadOnlyList<string>> selectors = new(StringComparer.Ordinal);
        List<EffectCondition> conditions = [];
        foreach (string clause in words.Skip(1))
        {
            int equals = clause.IndexOf('=');
            string name = equals < 0 ? clause : clause.Substring(0, equals);
            string value = equals < 0 ? "" : clause.Substring(equals + 1);
            int colon = value.IndexOf(':');
            if (!Clauses.Contains(name) || value.Length == 0 || (name == "when" && colon <= 0))
            {
                _problems.Add((number, $"'{clause}' is no clause; there are {string.Join(", ", Clauses.Select(known => known == "when" ? "when=argument:value" : $"{known}=argument"))}"));
                return;
            }

            if (name == "when")
            {
                conditions.Add(new EffectCondition(value.Substring(0, colon), value.Substring(colon + 1).Split(',')));
            }
            else
            {
                selectors[name] = value.Split('|');
            }
        }

        EffectRule rule = new(kind)
        {
            Type = type,
            Member = member,
            Signature = signature,
            Conditions = conditions,
            Identity = Of("identity"),
            Token = Of("token"),
            Text = Of("text"),
            Condition = Of("condition"),
            Table = Of("table"),
            Entity = Of("entity"),
        };
        _rules.Add(rule);
        _lines.Add((number, rule));

        IReadOnlyList<string> Of(string clause) => selectors.TryGetValue(clause, out IReadOnlyList<string>? found) ? found : [];
    }

    /// <summary>Takes a name as source or a documentation id writes it: <c>M:Shop.Api.Post(System.String)</c>.</summary>
    private static bool TrySymbol(string symbol, out string type, out string member, out string? signature)
    {
        string name = symbol.Length > 2 && symbol[1] == ':' ? symbol.Substring(2) : symbol;
        int parenthesis = name.IndexOf('(');
        signature = parenthesis < 0 ? null : name.Substring(parenthesis + 1).TrimEnd(')');
        name = (parenthesis < 0 ? name : name.Substring(0, parenthesis)).Replace("#ctor", ".ctor");
        bool isConstructor = name.EndsWith("..ctor", StringComparison.Ordinal);
        int dot = isConstructor ? name.Length - "..ctor".Length : name.LastIndexOf('.');
        type = dot <= 0 ? "" : WithoutArity(name.Substring(0, dot));
        member = dot <= 0 ? "" : WithoutArity(name.Substring(dot + 1));
        return type.Length > 0 && member.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '*' or '`');
    }

    private static string WithoutArity(string name)
    {
        int tick = name.IndexOf('`');
        return tick < 0 ? name : name.Substring(0, tick);
    }

    private static EffectKind? KindOf(string word)
    {
        foreach (EffectKind kind in (EffectKind[])Enum.GetValues(typeof(EffectKind)))
        {
            if (string.Equals(NameOf(kind), word, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }

    private static string NameOf(EffectKind kind) => kind switch
    {
        EffectKind.StagedInsert => "staged-insert",
        EffectKind.StagedStore => "staged-store",
        EffectKind.StagedModify => "staged-modify",
        EffectKind.StagedWrite => "staged-write",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string[] Words(string text) => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
