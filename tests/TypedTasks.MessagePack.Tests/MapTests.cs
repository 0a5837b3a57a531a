using System.Diagnostics;
using Text = TypedTasks.MessagePack.NotNullCodec<string, TypedTasks.MessagePack.StringCodec>;

namespace TypedTasks.MessagePack.Tests;

public sealed class MapTests
{
    [Fact]
    public void A_key_that_comes_twice_is_refused_by_every_dictionary()
    {
        byte[] twice = Bytes.Hex("82a16101a16102");
        foreach (CodecCase codec in CodecCatalogue.All.Where(c => c.Name.Contains("<String, Int32", StringComparison.Ordinal) && c.Samples[^1][0] >> 4 == 8))
        {
            Assert.Throws<MessagePackException>(() =>
            {
                var reader = new MessagePackReader(twice);
                codec.Read(ref reader);
            });
        }

        Assert.Throws<MessagePackException>(() => Bytes.Read<ByName?, ByNameCodec>(Bytes.Hex("82a5466972737401a5466972737402")));
    }

    [Fact]
    public void A_nil_key_is_refused_and_an_element_of_a_set_that_comes_twice_is_kept_once()
    {
        Assert.Throws<MessagePackException>(() => Bytes.Read<Dictionary<string, int>?, DictionaryCodec<string, int, Text, Int32Codec>>(Bytes.Hex("81c001")));
        Assert.Equal([1, 2], Bytes.Read<HashSet<int>?, HashSetCodec<int, Int32Codec>>(Bytes.Hex("93010201"))!);
    }

    [Fact]
    public void Names_that_are_unknown_are_skipped_and_names_that_are_missing_leave_the_default()
    {
        Assert.Equal(new ByName { First = 7 }, Bytes.Read<ByName?, ByNameCodec>(Bytes.Hex("82a3426172920102a5466972737407")));
    }

    [Fact]
    public void Keys_chosen_to_share_a_bucket_do_not_make_reading_quadratic()
    {
        // The number of buckets is a prime that is known from the count: 30,000 multiples of it take 450,000,000 steps with the default comparer.
        const int Count = 30_000;
        int prime = 36_353;
        var keys = Enumerable.Range(0, Count).ToDictionary(i => i * prime, i => 0);
        byte[] bytes = Bytes.Write<Dictionary<int, int>?, DictionaryCodec<int, int, Int32Codec, Int32Codec>>(keys);

        var watch = Stopwatch.StartNew();
        Dictionary<int, int> read = Bytes.Read<Dictionary<int, int>?, DictionaryCodec<int, int, Int32Codec, Int32Codec>>(bytes)!;

        Assert.Equal(Count, read.Count);
        Assert.True(read.ContainsKey(prime));
        Assert.False(read.ContainsKey(1));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    [Fact]
    public void Keys_chosen_to_have_the_same_hash_code_are_refused()
    {
        // The hash code of a 64-bit integer is its halves xored.
        var keys = Enumerable.Range(0, 5000).Select(i => ((long)i << 32) | (uint)i).ToHashSet();
        byte[] bytes = Bytes.Write<HashSet<long>?, HashSetCodec<long, Int64Codec>>(keys);

        Assert.Throws<MessagePackException>(() => Bytes.Read<HashSet<long>?, HashSetCodec<long, Int64Codec>>(bytes));
    }

    [Fact]
    public void A_large_dictionary_behaves_as_one_of_the_default_comparer()
    {
        var doubles = new HashSet<double>(Enumerable.Range(0, 1000).Select(i => (double)i)) { double.NaN };
        HashSet<double> read = Bytes.Read<HashSet<double>?, HashSetCodec<double, DoubleCodec>>(Bytes.Write<HashSet<double>?, HashSetCodec<double, DoubleCodec>>(doubles))!;

        Assert.Contains(-0.0, read);
        Assert.Contains(double.NaN, read);
        Assert.True(read.SetEquals(doubles));
        for (int i = 0; i < 100_000; i++)
        {
            Assert.Contains(1.0, (ISet<double>)read);
        }
    }
}
