// Everything that data is made of.
using System.Collections.Immutable;
using System.Numerics;

namespace Imports
{
    public record Page<T>(IReadOnlyList<T> Items, int? Next = null)
    {
        public bool IsLast => Next is null;
    }

    public readonly record struct Money(decimal Amount, string Currency);

    public abstract class Entity
    {
        public required Guid Id { get; init; }
    }

    public sealed class Article : Entity
    {
        public string Name { get; init; } = "";
        public ImmutableArray<Money> Prices { get; init; } = [];
        public IReadOnlyDictionary<string, string[]> Tags { get; set; } = new Dictionary<string, string[]>();
        public (int Width, int Height)? Size { get; set; }
        public BigInteger Serial { get; set; }
        public DayOfWeek Day { get; set; }
        public static Article None => new() { Id = Guid.Empty };
        public int Count => Prices.Length;
        public string this[int index] => Name;
        private int _hidden;
        public int Touch() => _hidden++;
    }

    public sealed class Point(double x, double y)
    {
        public double X { get; } = x;
        public double Y { get; } = y;
    }

    [TaskContract]
    public interface IImports
    {
        [Task, Idempotent] Task<Page<Money>> PricesAsync(Page<Article> page, Point at, Uri source, Version version, TimeSpan age, Half weight, List<HashSet<Guid>> sets);
    }
}
