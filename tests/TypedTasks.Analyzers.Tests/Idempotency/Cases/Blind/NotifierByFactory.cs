// Which notifier tells is found by a name, by a delegate that the container made.
using Twilio.Rest.Api.V2010.Account;

public interface ITeller
{
    Task TellAsync(string to, string text);
}

public sealed class SmsTeller : ITeller
{
    public async Task TellAsync(string to, string text) => await MessageResource.CreateAsync(to, "+4900000", text);
}

public sealed class LogTeller : ITeller
{
    public Task TellAsync(string to, string text) => Console.Out.WriteLineAsync($"{to}: {text}");
}

public static class Registration
{
    public static IServiceCollection AddTellers(this IServiceCollection services) =>
        services.AddSingleton<Func<string, ITeller>>(_ => static kind => kind switch { "sms" => new SmsTeller(), _ => new LogTeller() });
}

[TaskContract]
public interface ITellings
{
    [Task, Idempotent]
    Task TellAsync(string kind, string to, string text);
}

public sealed class TellingWorker(Func<string, ITeller> tellers) : ITellings
{
    public Task TellAsync(string kind, string to, string text) => {|TT414:tellers(kind).TellAsync(to, text)|};
}
