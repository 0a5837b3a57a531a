using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedTasks.Shared;

/// <summary>The rules for names: on the wire, and in emitted code.</summary>
internal static class NameRules
{
    /// <summary>The longest wire name: contract, task and queue names become parts of the engines' keys and subjects.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether a contract, task or queue may be called this on the wire: letters, digits, <c>-</c> and <c>_</c> of ASCII.</summary>
    public static bool IsWireName(string name) => name.Length is > 0 and <= MaxLength && name.All(IsWireCharacter);

    /// <summary>The wire name of a contract that states none: <c>IInvoiceMail</c> is <c>invoice-mail</c>.</summary>
    public static string ContractWireName(string interfaceName) => Kebab(WithoutInterfacePrefix(interfaceName));

    /// <summary>The wire name of a task that states none: <c>SendReminderAsync</c> is <c>send-reminder</c>.</summary>
    public static string TaskWireName(string methodName) => Kebab(WithoutAsync(methodName));

    /// <summary><c>Invoices</c> of <c>IInvoices</c>; a name without the prefix stays.</summary>
    public static string WithoutInterfacePrefix(string name) =>
        name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;

    /// <summary><c>Generate</c> of <c>GenerateAsync</c>; a name without the suffix stays.</summary>
    public static string WithoutAsync(string name) =>
        name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name;

    /// <summary>
    /// <c>SendPDFReport2</c> is <c>send-pdf-report2</c>: a word begins at an upper-case letter after a lower-case one or a digit, and at the last
    /// upper-case letter of several when a lower-case one follows.
    /// </summary>
    public static string Kebab(string name)
    {
        StringBuilder result = new(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c == '_')
            {
                if (result.Length > 0 && result[result.Length - 1] != '-')
                {
                    result.Append('-');
                }

                continue;
            }

            bool startsWord = char.IsUpper(c) && i > 0 && name[i - 1] != '_' &&
                (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                result.Append('-');
            }

            result.Append(char.ToLowerInvariant(c));
        }

        return result.ToString().TrimEnd('-');
    }

    /// <summary><c>OrderId</c> of <c>orderId</c>, <c>order_id</c> or <c>order-id</c>; what begins with a digit gets an underscore.</summary>
    public static string Pascal(string name)
    {
        StringBuilder result = new(name.Length);
        bool startsWord = true;
        foreach (char c in name)
        {
            if (c is '_' or '-')
            {
                startsWord = true;
                continue;
            }

            result.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = false;
        }

        return result.Length == 0 ? "_" : char.IsDigit(result[0]) ? $"_{result}" : result.ToString();
    }

    /// <summary><c>orderId</c> of <c>OrderId</c>.</summary>
    public static string Camel(string name) => name.Length == 0 ? "_" : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>A name as source writes it: <c>@event</c> for the keyword <c>event</c>.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary><paramref name="wanted"/>, or the first of <c>wanted2</c>, <c>wanted3</c> … that is not yet taken; takes it.</summary>
    public static string Unique(string wanted, HashSet<string> taken)
    {
        string name = wanted;
        for (int i = 2; !taken.Add(name); i++)
        {
            name = wanted + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }

    private static bool IsWireCharacter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';
}
