using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TypedTasks.Calls;

/// <summary>
/// Where an assembly's generated code announces its contracts, by a module initializer, so that <c>AddClient&lt;T&gt;()</c> finds them
/// without scanning: one static field a contract type.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ContractRegistry
{
    /// <summary>
    /// What generated code and runtime agree on: the members that the one calls on the other. Raised with every change that code of an older generator would not survive.
    /// </summary>
    public const int GeneratorVersion = 1;

    /// <summary>Announces a contract. Called by generated code; the last call for a contract holds.</summary>
    /// <param name="contract">The contract's generated side.</param>
    /// <param name="generatorVersion">The <see cref="GeneratorVersion"/> that the generator was written for. Judged by <see cref="Get"/>, because here nobody could catch.</param>
    public static void Register<TContract>(ContractDescriptor<TContract> contract, int generatorVersion)
        where TContract : class => Volatile.Write(ref Entry<TContract>.Registered, new Registration<TContract>(contract, generatorVersion));

    /// <summary>The generated side of <typeparamref name="TContract"/>.</summary>
    /// <exception cref="TaskConfigurationException">The assembly of <typeparamref name="TContract"/> holds no generated code for it, or code for another version of the runtime.</exception>
    public static ContractDescriptor<TContract> Get<TContract>()
        where TContract : class
    {
        if (Volatile.Read(ref Entry<TContract>.Registered) is null)
        {
            // A module initializer runs when its module's code is first used; an interface alone is not code.
            try
            {
                RuntimeHelpers.RunModuleConstructor(typeof(TContract).Module.ModuleHandle);
            }
            catch (TypeInitializationException e)
            {
                throw OtherVersion<TContract>(e);
            }
        }

        if (Volatile.Read(ref Entry<TContract>.Registered) is { } registered)
        {
            return registered.GeneratorVersion == GeneratorVersion ? registered.Contract : throw OtherVersion<TContract>(null);
        }

        throw new TaskConfigurationException(
            $"There is no generated code for the contract '{typeof(TContract)}'. Mark it with [TaskContract], mend the errors that the " +
            $"TypedTasks analyzers report for it, and see that the assembly '{typeof(TContract).Assembly.GetName().Name}' references the " +
            "TypedTasks package directly, so that the generator runs when it is compiled.");
    }

    private static TaskConfigurationException OtherVersion<TContract>(Exception? reason) => new(
        $"The code of the contract '{typeof(TContract)}' was generated for another version of TypedTasks than the {typeof(ContractRegistry).Assembly.GetName().Version?.ToString(3)} that runs here. " +
        $"Build the assembly '{typeof(TContract).Assembly.GetName().Name}' again with the same version of the TypedTasks package as the program.", reason);

    /// <summary>One object, so that whoever asks while a module is being initialized on another thread sees both or neither.</summary>
    private sealed record Registration<TContract>(ContractDescriptor<TContract> Contract, int GeneratorVersion)
        where TContract : class;

    private static class Entry<TContract>
        where TContract : class
    {
        internal static Registration<TContract>? Registered;
    }
}
