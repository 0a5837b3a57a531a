using System.Net.Http;
using System.Net.Mail;

public interface ILoyalty
{
    [TaskEffect(TaskEffect.Insert, Identity = nameof(award))]
    Task AwardAsync(Guid customer, string award);

    [TaskEffect(TaskEffect.Send)]
    Task ResetAsync(Guid customer);

    [EffectFree]
    Task<int> CountAsync(Guid customer);

    [AssumeIdempotent("the service keeps one card for each customer")]
    Task IssueCardAsync(Guid customer);
}

public sealed class Templates(HttpClient http, SmtpClient smtp)
{
    [EffectFree]
    public async Task<string> {|TT440:LoadAsync|}(string name)
    {
        await http.PostAsync($"/templates/{name}/used", null);
        return name;
    }

    [TaskEffect(TaskEffect.Notify)]
    public Task MailAsync(string address) => smtp.SendMailAsync("a", address, "b", "c");

    [AssumeIdempotent("")]
    public Task {|TT441:PushAsync|}(string device) => http.PostAsync($"/push/{device}", null);

    [AssumeIdempotent("there is nothing")]
    public string {|TT441:Name|}(string name) => name.Trim();
}

[TaskContract]
public interface IAwards
{
    [Task, Idempotent]
    Task AwardAsync(Guid customer, string reason);
}

public sealed class AwardWorker(ILoyalty loyalty, Templates templates) : IAwards
{
    public async Task AwardAsync(Guid customer, string reason)
    {
        await loyalty.AwardAsync(customer, reason);
        await {|TT418:loyalty.AwardAsync(customer, Guid.NewGuid().ToString())|};
        await {|TT410:loyalty.ResetAsync(customer)|};
        await loyalty.CountAsync(customer);
        await loyalty.IssueCardAsync(customer);
        await {|TT414:templates.MailAsync("a@example.com")|};
        await templates.PushAsync("device");
    }
}
