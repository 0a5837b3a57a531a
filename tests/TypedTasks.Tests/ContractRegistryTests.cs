using TypedTasks.Calls;
using TypedTasks.MessagePack;
using TypedTasks.Worker;

namespace TypedTasks.Tests;

/// <summary>What a program is told whose contracts and runtime do not belong together.</summary>
public sealed class ContractRegistryTests
{
    [Fact]
    public void Code_of_another_generator_is_refused_by_name()
    {
        ContractRegistry.Register(new OlderContract(), ContractRegistry.GeneratorVersion - 1);
        string message = Assert.Throws<TaskConfigurationException>(ContractRegistry.Get<IOlder>).Message;
        Assert.Contains(nameof(IOlder), message, StringComparison.Ordinal);
        Assert.Contains("'TypedTasks.Tests' again with the same version", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_without_generated_code_is_refused_by_name() =>
        Assert.Contains("There is no generated code", Assert.Throws<TaskConfigurationException>(ContractRegistry.Get<IUngenerated>).Message, StringComparison.Ordinal);

    internal interface IOlder;

    internal interface IUngenerated;

    private sealed class OlderContract() : ContractDescriptor<IOlder>("older", [])
    {
        public override IOlder CreateRemote(ITaskClient<IOlder> client) => throw new NotSupportedException();

        public override int IndexOf(ReadOnlySpan<byte> taskName) => -1;

        public override ValueTask DispatchAsync(IOlder handler, int task, TaskInvocation invocation) => throw new NotSupportedException();

        public override void WriteKey(int task, ref MessagePackReader arguments, ref TaskKeyWriter key) => throw new NotSupportedException();
    }
}
