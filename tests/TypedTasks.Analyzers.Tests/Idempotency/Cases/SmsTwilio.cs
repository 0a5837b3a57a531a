using Twilio.Rest.Api.V2010.Account;

[TaskContract]
public interface ISms
{
    [Task, Idempotent]
    Task SendCodeAsync(string phone, string code);
}

public sealed class SmsWorker : ISms
{
    public async Task SendCodeAsync(string phone, string code) =>
        await {|TT414:MessageResource.CreateAsync(to: phone, from: "+100", body: $"Your code is {code}")|};
}
