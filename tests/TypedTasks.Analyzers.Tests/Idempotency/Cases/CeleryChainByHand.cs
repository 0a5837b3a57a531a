using System.Net.Http;

// A step that calls another service and then the next step.
[TaskContract]
public interface ISteps
{
    [Task, Idempotent]
    Task FirstAsync(Guid order);

    [Task, AtMostOnce]
    Task SecondAsync(Guid order, string answer);
}

public sealed class StepWorker(HttpClient http, ITaskClient<ISteps> steps) : ISteps
{
    public async Task FirstAsync(Guid order)
    {
        HttpResponseMessage response = await {|TT410:http.PostAsync($"/orders/{order}/start", null)|};
        string answer = await response.Content.ReadAsStringAsync();
        await {|TT416:steps.SecondAsync(order, answer)|};
    }

    public Task SecondAsync(Guid order, string answer) => Task.CompletedTask;
}
