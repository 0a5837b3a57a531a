// Types of somebody else's that are called as ours are.
namespace Legacy
{
    [AttributeUsage(AttributeTargets.All)]
    public sealed class TaskAttribute(string? name = null) : Attribute
    {
        public string? Name => name;
        public string? Queue { get; set; }
    }

    [AttributeUsage(AttributeTargets.Interface)]
    public sealed class TaskContractAttribute : Attribute;

    public interface ITaskClient<T>
    {
        Task SendAsync(Guid id);
    }

    public static class EnqueueOptions
    {
        public static object At(DateTime time) => time;
    }
}

namespace Legacy.Jobs
{
    using EnqueueOptions = Legacy.EnqueueOptions;

    [Legacy.TaskContract]
    public interface IJobs<T>
    {
        [Legacy.Task("a..b", Queue = "no such")] void Run(ref int count);

        int Size { get; }
    }

    public sealed class Starter(Legacy.ITaskClient<string> client)
    {
        public object Start(Guid id)
        {
            _ = client.SendAsync(id);
            return EnqueueOptions.At(DateTime.Now);
        }
    }
}
