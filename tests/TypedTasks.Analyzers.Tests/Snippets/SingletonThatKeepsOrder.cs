// One object for all tasks, which keeps what it keeps safely; and a scoped one that need not.
namespace Imports
{
    [TaskContract]
    public interface IImports
    {
        [Task, Idempotent] Task ImportAsync(string[] lines);
    }

    [TaskContract]
    public interface IExports
    {
        [Task, Idempotent] Task ExportAsync(string[] lines);
    }

    public sealed class ImportWorker : IImports
    {
        private readonly object _gate = new();
        private readonly Lazy<string> _name = new(() => Environment.MachineName);
        private string? _home;
        private string _last = "";
        private int _isWarm;

        public async Task ImportAsync(string[] lines)
        {
            _home ??= Environment.CurrentDirectory;
            if (Interlocked.Exchange(ref _isWarm, 1) == 0)
            {
                await Console.Out.WriteLineAsync(_name.Value);
            }

            lock (_gate)
            {
                _last = lines[^1];
            }

            string first = lines[0];
            first = first.Trim();
            await Console.Out.WriteLineAsync(first + _home);
        }

        public string Last()
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    public sealed class ExportWorker : IExports
    {
        private string _current = "";

        public async Task ExportAsync(string[] lines)
        {
            _current = lines[0];
            await Console.Out.WriteLineAsync(_current);
        }
    }

    public static class Module
    {
        public static void Add(IServiceCollection services) => services.AddTypedTasks(tasks => tasks
            .AddWorker<IImports, ImportWorker>(worker => worker.Lifetime = ServiceLifetime.Singleton)
            .AddWorker<IExports, ExportWorker>(worker => worker.Lifetime = ServiceLifetime.Scoped));
    }
}
