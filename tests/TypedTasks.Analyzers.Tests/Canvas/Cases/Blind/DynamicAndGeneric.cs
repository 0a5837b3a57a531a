// Types that are not known here: dynamic, null, type parameters, arguments that are given, and delegates.
namespace Generic;

[TaskContract]
public interface INumbers
{
    [Task, Idempotent] ValueTask<int> ReadAsync(string name);
    [Task, Idempotent] ValueTask<int> DoubleAsync(int number);
    [Task, Idempotent] ValueTask<(int Sum, int Count)> AddAsync(IReadOnlyList<int> numbers);
    [Task, Idempotent] ValueTask<double> MeanAsync((int Total, int Number) sums);
}

public static class Numbers
{
    public static TaskChain<TLast> Through<TFirst, TNext, TLast>(TaskChain<TFirst> chain, TaskLink<TFirst, TNext> one, TaskLink<TNext, TLast> two) => chain.Then(one).Then(two);

    public static TaskChain<T> Repeat<T>(this TaskChain<T> chain, Func<TaskLink<T, T>> link, int times) => times == 0 ? chain : chain.Then(link()).Repeat(link, times - 1);

    public static TaskGroup<T> Each<TItem, T>(IEnumerable<TItem> items, Func<TItem, TaskChain<T>> chain) => Canvas.Group(items.Select(chain));

    public static TaskChain<int> Doubled(string name) => Canvas.Chain(NumbersTasks.Read(name)).Repeat(NumbersTasks.DoubleLink, 3);

    public static TaskGroup<int> DoubledEach(string[] names) => Each(names, Doubled);

    public static TaskChain<double> Mean(string[] names) => Canvas
        .Group(names.Select(NumbersTasks.Read))
        .Join<(int Sum, int Count)>(JoinOn.AllEnded, NumbersTasks.AddLink())
        .Then<double>(NumbersTasks.MeanLink());

    public static object Dynamic(dynamic link, string name) => Canvas.Chain(NumbersTasks.Read(name)).Then(link);

    public static TaskChain<int> Nothing(string name) => Canvas.Chain(NumbersTasks.Read(name)).Then<int>(link: null!);

    public static TaskChain<int> NothingAtAll(string name) => Canvas.Chain(NumbersTasks.Read(name)).Then(null!); // refused

    public static TaskChain<int> Lambda(string name) => Canvas.Chain(NumbersTasks.Read(name)).Then(number => NumbersTasks.Double(number)); // refused

    public static TaskChain<T> Cast<T>(string name) => Canvas.Chain(NumbersTasks.Read(name)).Then((TaskLink<int, T>)(object)NumbersTasks.DoubleLink());
}
