// Services of other projects, called by name: nothing is known of them, and nothing is guessed.
using Microsoft.Extensions.Logging;

public interface ILicensing
{
    Task ValidateUsersAsync(CancellationToken cancellationToken);
}

public interface IBillingSync
{
    Task<int> SyncInvoicesAsync(string provider, CancellationToken cancellationToken);
}

public interface IPushRegistrations
{
    Task CreateOrUpdateRegistrationAsync(string device, string token);
}

[TaskContract]
public interface IProviderJobs
{
    [Task, Idempotent]
    Task RunAsync(string provider, string device, CancellationToken cancellationToken = default);
}

public sealed class ProviderJobWorker(ILicensing licensing, IBillingSync billing, IPushRegistrations pushes, ILogger<ProviderJobWorker> log) : IProviderJobs
{
    public async Task RunAsync(string provider, string device, CancellationToken cancellationToken)
    {
        await licensing.ValidateUsersAsync(cancellationToken);
        int invoices = await billing.SyncInvoicesAsync(provider, cancellationToken);
        await pushes.CreateOrUpdateRegistrationAsync(device, provider);
        log.LogInformation("{Invoices} of {Provider}", invoices, provider);
    }
}
