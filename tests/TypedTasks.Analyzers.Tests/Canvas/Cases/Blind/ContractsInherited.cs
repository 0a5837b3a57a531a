// Tasks of a base contract, records in several namespaces, types of one name, and arrays of arrays.
namespace Base
{
    public sealed record Address(string City);

    [TaskContract]
    public interface ICommon
    {
        [Task, Idempotent] ValueTask<Address> LocateAsync(Guid customer);
    }
}

namespace Derived
{
    using Base;

    public sealed record Label(string Text);

    [TaskContract]
    public interface ILabels : ICommon
    {
        [Task, Idempotent] ValueTask<Label> PrintAsync(Address address, int copies);
        [Task, Idempotent] ValueTask<Label[]> SheetAsync(Label[] labels);
        [Task, Idempotent] ValueTask<int> BindAsync(Label[][] sheets);
        [Task, Idempotent] ValueTask StoreAsync(IEnumerable<KeyValuePair<string, int>> counts);
        [Task, Idempotent] ValueTask<KeyValuePair<string, int>> CountAsync(int sheets);
    }

    public static class Labels
    {
        public static TaskChain<Label[]> Sheet(IEnumerable<Guid> customers) => Canvas
            .Group(customers.Select(customer => Canvas.Chain(LabelsTasks.Locate(customer)).Then(LabelsTasks.PrintLink(1))))
            .Join(JoinOn.AllSucceeded, LabelsTasks.SheetLink());

        public static TaskChain<NoResult> Book(params IEnumerable<Guid>[] parts) => Canvas
            .Group(parts.Select(Sheet))
            .Join(JoinOn.AllSucceeded, LabelsTasks.BindLink())
            .ThenGroup(LabelsTasks.CountLink())
            .Join(JoinOn.AllEnded, LabelsTasks.StoreLink());
    }
}

namespace Other
{
    public sealed record Address(string Street);

    [TaskContract]
    public interface IStreets
    {
        [Task, Idempotent] ValueTask CleanAsync(Address address);
        [Task, Idempotent] ValueTask CleanAllAsync(Address[] addresses);
    }

    public static class Streets
    {
        public static TaskChain<NoResult> Clean(Guid customer) => Canvas.Chain(Derived.LabelsTasks.Locate(customer)).Then({|TT801:StreetsTasks.CleanLink()|});

        public static TaskChain<NoResult> CleanAll(Guid[] customers) => Canvas.Group(customers.Select(Derived.LabelsTasks.Locate)).Join(JoinOn.AllEnded, {|TT802:StreetsTasks.CleanAllLink()|});
    }
}
