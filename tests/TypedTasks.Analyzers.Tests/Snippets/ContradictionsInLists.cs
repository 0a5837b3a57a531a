// Attributes over several lists that contradict each other, and that agree.
namespace Push;

[TaskContract]
public interface IPushes
{
    [Task]
    [{|TT402:Idempotent(Key = nameof(user))|}]
    [AtMostOnce]
    ValueTask NotifyAsync(Guid user);

    [AtMostOnce]
    [Task(Expires = "1h", MaxAttempts = {|TT402:4|})]
    ValueTask RingAsync(Guid user);

    [AtMostOnce, Task(MaxAttempts = 1, Expires = "1h")]
    ValueTask BuzzAsync(Guid user);
}
