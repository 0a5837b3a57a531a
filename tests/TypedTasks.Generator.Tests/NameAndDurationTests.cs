using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Generator.Tests;

public sealed class NameAndDurationTests
{
    [Theory]
    [InlineData("IInvoices", "invoices")]
    [InlineData("IInvoiceMail", "invoice-mail")]
    [InlineData("Invoices", "invoices")]
    [InlineData("Index", "index")]
    [InlineData("IIndex", "index")]
    [InlineData("IPDFReports2", "pdf-reports2")]
    [InlineData("I", "i")]
    [InlineData("IOrder_Items", "order-items")]
    public void A_contract_is_named_after_its_interface(string type, string expected) => Assert.Equal(expected, NameRules.ContractWireName(type));

    [Theory]
    [InlineData("GenerateAsync", "generate")]
    [InlineData("SendReminderAsync", "send-reminder")]
    [InlineData("Async", "async")]
    [InlineData("run", "run")]
    public void A_task_is_named_after_its_method(string method, string expected) => Assert.Equal(expected, NameRules.TaskWireName(method));

    [Theory]
    [InlineData("a", true)]
    [InlineData("High-Priority_2", true)]
    [InlineData("", false)]
    [InlineData("a.b", false)]
    [InlineData("größe", false)]
    [InlineData("a b", false)]
    public void A_wire_name_is_plain(string name, bool expected) => Assert.Equal(expected, NameRules.IsWireName(name));

    [Fact]
    public void A_wire_name_is_short()
    {
        Assert.True(NameRules.IsWireName(new string('a', 64)));
        Assert.False(NameRules.IsWireName(new string('a', 65)));
    }

    [Theory]
    [InlineData("250us", 2_500)]
    [InlineData("500ms", 5_000_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData("2m", 1_200_000_000)]
    [InlineData("24h", 864_000_000_000)]
    [InlineData("1d", 864_000_000_000)]
    [InlineData("00:05:00", 3_000_000_000)]
    [InlineData("0s", 0)]
    public void Durations_are_read(string text, long ticks)
    {
        Assert.True(DurationParser.TryParse(text, out Duration duration));
        Assert.Equal(ticks, duration.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("5S")]
    [InlineData(".5s")]
    [InlineData("5.s")]
    [InlineData("1.2.3s")]
    [InlineData("1,5s")]
    [InlineData("9999999999999d")]
    [InlineData("-00:05:00")]
    [InlineData("99999999999999999999999999999999999s")]
    [InlineData(null)]
    public void What_is_no_duration_is_refused(string? text) => Assert.False(DurationParser.TryParse(text, out _));

    [Theory]
    [InlineData("1s..5m", true)]
    [InlineData("5s", true)]
    [InlineData("5m..1s", false)]
    [InlineData("1s..", false)]
    [InlineData("..5m", false)]
    [InlineData("1s...5m", false)]
    public void Ranges_are_read(string text, bool expected) => Assert.Equal(expected, DurationParser.TryParseRange(text, out _, out _));
}
