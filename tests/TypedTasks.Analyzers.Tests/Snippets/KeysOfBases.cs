// A key that the base class has given away already.
using MessagePack;

namespace Orders;

[MessagePackObject]
public class Document
{
    [Key(0)] public Guid Id { get; set; }
    [Key(1)] public string Title { get; set; } = "";
}

[MessagePackObject]
public sealed class Invoice : Document
{
    [Key(1)] public decimal {|TT305:Total|} { get; set; }
    [Key(2)] public string Currency { get; set; } = "";
    [IgnoreMember] public string Shown => $"{Total} {Currency}";
}

[TaskContract]
public interface IInvoices
{
    [Task, Idempotent] Task DrawAsync(Invoice invoice);
}
