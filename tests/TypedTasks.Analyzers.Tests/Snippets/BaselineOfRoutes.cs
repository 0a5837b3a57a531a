// A queue by a constant that was changed, a parameter that went away, a task that is gone.
namespace Shop;

internal static class Queues
{
    internal const string Mail = "post";
}

[TaskContract("mail", Queue = Queues.Mail)]
internal interface IMail
{
    [Task]
    Task {|TT603:SendAsync|}(Guid message);

    [Task(Queue = "slow")]
    Task {|TT604:ArchiveAsync|}(Guid message);
}

//// TaskContracts.txt
task mail.archive
  queue slow
  0 message guid
  1 folder string

{|TT602:task mail.forward|}
  0 message guid
  1 to string

task mail.send
  queue mail
  0 message guid
