// The bank's file as a whole, put over the one that may be there.
using System.IO;
using System.Text;
using Renci.SshNet;

[TaskContract]
public interface IBankFiles
{
    [Task, Idempotent]
    Task PutAsync(string day, string[] lines);
}

public sealed class BankFileWorker(Func<SftpClient> connect) : IBankFiles
{
    public Task PutAsync(string day, string[] lines)
    {
        StringBuilder text = new();
        foreach (string line in lines)
        {
            text.Append(line).Append("\r\n");
        }

        using SftpClient bank = connect();
        using MemoryStream content = new(Encoding.UTF8.GetBytes(text.ToString()));
        bank.UploadFile(content, $"/in/{day}.txt", canOverride: true);
        bank.WriteAllText($"/in/{day}.done", lines.Length.ToString());
        return Task.CompletedTask;
    }
}
