using System.Net.Http;
using System.Security.Cryptography;
using System.Text;

[TaskContract]
public interface IUploads
{
    [Task, Idempotent]
    Task UploadAsync(string text);
}

public sealed class UploadWorker(HttpClient http) : IUploads
{
    public async Task UploadAsync(string text)
    {
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        using HttpRequestMessage request = new(HttpMethod.Post, "/uploads") { Content = new StringContent(text) };
        request.Headers.Add("Idempotency-Key", hash);
        await http.SendAsync(request);
    }
}
