using TypedTasks.Nats.JetStream;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>Subjects that change while they are read, page by page: each that was there all the time is read, and none twice.</summary>
public sealed class SubjectPagesTests
{
    private const int PerPage = 10;

    private readonly SortedSet<string> _stored = new(StringComparer.Ordinal);
    private int _asked;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(PerPage)]
    [InlineData(PerPage + 1)]
    [InlineData(3 * PerPage)]
    [InlineData(95)]
    public async Task All_are_read(int count)
    {
        Store(count);

        Assert.Equal(_stored, await ReadAsync(() => { }));
        Assert.True(_asked <= 1 + (count / (PerPage - 1)), $"It took {_asked} pages.");
    }

    [Fact]
    public async Task None_is_read_twice_because_others_came()
    {
        Store(95);
        string[] standing = [.. _stored];

        string[] read = await ReadAsync(() => _stored.Add($"a.{_asked:D3}"));

        Assert.Equal(read.Distinct(), read);
        Assert.Superset(standing.ToHashSet(), read.ToHashSet());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task None_is_missed_because_others_went(int each)
    {
        Store(95);
        var removed = new HashSet<string>();

        string[] read = await ReadAsync(() =>
        {
            foreach (string one in _stored.Take(each).ToArray())
            {
                _stored.Remove(one);
                removed.Add(one);
            }
        });

        Assert.Equal(read.Distinct(), read);
        Assert.Superset(_stored.ToHashSet(), read.ToHashSet());
        Assert.True(_asked < 100, $"It took {_asked} pages.");
    }

    [Fact]
    public async Task Nothing_is_left_to_read_when_all_went()
    {
        Store(95);

        Assert.Equal(PerPage, (await ReadAsync(_stored.Clear)).Length);
    }

    private void Store(int count) => _stored.UnionWith(Enumerable.Range(0, count).Select(number => $"b.{number:D3}"));

    private async Task<string[]> ReadAsync(Action meanwhile)
    {
        var read = new List<string>();
        await foreach ((string subject, _) in SubjectPages.ReadAsync(PageAsync, CancellationToken.None))
        {
            read.Add(subject);
        }

        return [.. read];

        ValueTask<SubjectPage> PageAsync(long offset, CancellationToken cancellationToken)
        {
            if (_asked++ > 0)
            {
                meanwhile();
            }

            return new ValueTask<SubjectPage>(new SubjectPage([.. _stored.Skip((int)offset).Take(PerPage).Select(subject => KeyValuePair.Create(subject, 1L))], _stored.Count));
        }
    }
}
