// A handler of value tasks with a local function that does the work, and a static one that names it.
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface ILabelPrints
{
    [Task, Idempotent]
    ValueTask<int> PrintAsync(Guid parcel, int copies, CancellationToken cancellationToken = default);
}

public sealed class LabelPrintWorker(HttpClient http) : ILabelPrints
{
    public async ValueTask<int> PrintAsync(Guid parcel, int copies, CancellationToken cancellationToken)
    {
        int printed = 0;
        for (int copy = 0; copy < copies; copy++)
        {
            printed += await PrintOneAsync(copy);
        }

        return printed;

        async ValueTask<int> PrintOneAsync(int copy)
        {
            using HttpResponseMessage response = await {|TT410:http.PostAsJsonAsync(Address(parcel), new { copy }, cancellationToken)|};
            return response.IsSuccessStatusCode ? 1 : 0;
        }

        static string Address(Guid parcel) => $"/printers/main/jobs?parcel={parcel}";
    }
}
