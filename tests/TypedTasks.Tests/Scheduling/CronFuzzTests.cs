using System.Text;
using System.Text.RegularExpressions;
using Cronos;
using TypedTasks.Shared.Cron;

namespace TypedTasks.Tests.Scheduling;

public sealed class CronFuzzTests
{
    private const string Alphabet = "0123456789**??,,--//##LLWWlw  \t@JANFEBSUNMONsat";

    [Fact]
    public void Any_text_is_read_or_refused_with_a_reason()
    {
        Random random = new(20_261_201);
        RandomCron expressions = new(random);
        byte[] bytes = new byte[210];
        int read = 0;
        for (int round = 0; round < 80_000; round++)
        {
            random.NextBytes(bytes);
            string text = (round % 4) switch
            {
                0 => new([.. Enumerable.Range(0, random.Next(30)).Select(_ => (char)random.Next(char.MaxValue + 1))]),
                1 => Encoding.Latin1.GetString(bytes, 0, random.Next(bytes.Length)),
                2 => new(random.GetItems(Alphabet.AsSpan(), random.Next(40))),
                _ => Changed(expressions.Next(), random),
            };
            if (CronParser.TryParse(text, out CronFields fields, out string? error))
            {
                Assert.Null(error);
                Assert.True(fields.CanOccur());
                Assert.True(fields.Seconds != 0 && fields.Minutes != 0 && fields.Hours != 0, text);
                read++;
            }
            else
            {
                Assert.False(string.IsNullOrWhiteSpace(error), text);
                Assert.InRange(error.Length, 10, 600);
            }
        }

        Assert.True(read > 2_000, $"Only {read} texts were read.");
    }

    [Fact]
    public void What_Cronos_reads_is_read_and_what_it_refuses_is_refused()
    {
        Random random = new(11);
        RandomCron expressions = new(random);
        Dictionary<bool, int> outcomes = new() { [true] = 0, [false] = 0 };
        for (int round = 0; round < 40_000; round++)
        {
            string text = round % 2 == 0 ? expressions.Next() : Changed(expressions.Next(), random);
            if (IsReadOtherwise(text))
            {
                continue;
            }

            bool isRead = CronParser.TryParse(text, out _, out string? error);
            CronFormat format = CronParser.Split(text).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard;
            bool isReadByCronos = CronExpression.TryParse(text, format, out CronExpression? theirs);
            if (isReadByCronos && theirs!.GetNextOccurrence(new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)) is null)
            {
                Assert.True(error?.StartsWith("there is no day", StringComparison.Ordinal) == true || error?.StartsWith("no day is", StringComparison.Ordinal) == true, text);
                continue;
            }

            Assert.True(isRead == isReadByCronos, $"'{text}': {error ?? "is read"}");
            outcomes[isRead]++;
        }

        Assert.True(outcomes[true] > 5_000 && outcomes[false] > 2_000, string.Join(' ', outcomes));
    }

    // What is read on purpose where Cronos refuses it, the other way round, or otherwise: '*' in a list, '?' beside a day, three digits, and a range of weekdays from 7 on.
    private static bool IsReadOtherwise(string text)
    {
        string[] parts = CronParser.Split(text);
        return parts.Any(part => part.Contains(',') && (part.Contains('*') || part.Contains('?'))) ||
            parts.Where((part, index) => part.Contains('?') && index != parts.Length - 3 && index != parts.Length - 1).Any() ||
            Regex.IsMatch(text, "[0-9]{3}|7-[0-6]");
    }

    private static string Changed(string text, Random random)
    {
        StringBuilder changed = new(text);
        for (int change = random.Next(1, 3); change > 0; change--)
        {
            int at = random.Next(changed.Length);
            char character = Alphabet[random.Next(Alphabet.Length)];
            _ = random.Next(3) switch
            {
                0 => changed.Insert(at, character),
                1 when changed.Length > 1 => changed.Remove(at, 1),
                _ => changed.Replace(changed[at], character, at, 1),
            };
        }

        return changed.ToString();
    }
}
