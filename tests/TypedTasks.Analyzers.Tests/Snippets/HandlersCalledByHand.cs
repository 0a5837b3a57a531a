// A controller that calls the handler, and those that may: the base class, a decorator, the interface.
namespace Shop
{
    [TaskContract]
    public interface IMail
    {
        [Task, Idempotent] ValueTask SendAsync(Guid message);
    }

    public class MailWorker : IMail
    {
        public virtual ValueTask SendAsync(Guid message) => default;

        public static string Describe(Guid message) => message.ToString("N");
    }

    public sealed class LoudMailWorker : MailWorker
    {
        public override async ValueTask SendAsync(Guid message)
        {
            Console.WriteLine(Describe(message));
            await base.SendAsync(message);
        }
    }

    public sealed class TimedMail(MailWorker inner) : IMail
    {
        public async ValueTask SendAsync(Guid message) => await inner.SendAsync(message);
    }

    public sealed class Checkout(IServiceProvider services, IMail mail)
    {
        public async Task CompleteAsync(Guid message)
        {
            Console.WriteLine(MailWorker.Describe(message));
            await mail.SendAsync(message);
            await {|TT706:services.GetRequiredService<LoudMailWorker>().SendAsync(message)|};
        }
    }
}
