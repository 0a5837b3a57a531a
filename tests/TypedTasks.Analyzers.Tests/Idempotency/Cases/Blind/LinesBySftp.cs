// A line for the bank in a file on its server.
using Renci.SshNet;

[TaskContract]
public interface IBankLines
{
    [Task, Idempotent]
    Task AppendAsync(string day, string line);
}

public sealed class BankLineWorker(Func<SftpClient> connect) : IBankLines
{
    public Task AppendAsync(string day, string line)
    {
        using SftpClient bank = connect();
        {|TT413:bank.AppendAllText($"/in/{day}.txt", line + "\n")|};
        return Task.CompletedTask;
    }
}
