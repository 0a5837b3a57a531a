using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What attributes say of a method's effects: on the method, its property, or its type.</summary>
internal sealed class DeclaredEffect
{
    public const string EffectFree = "TypedTasks.EffectFreeAttribute";
    public const string TaskEffect = "TypedTasks.TaskEffectAttribute";
    public const string AssumeIdempotent = "TypedTasks.AssumeIdempotentAttribute";

    private static readonly ConditionalWeakTable<ISymbol, DeclaredEffect> Found = new();
    private static readonly DeclaredEffect Nothing = new(null, isAssumed: false);

    private DeclaredEffect(EffectRule? rule, bool isAssumed)
    {
        Rule = rule;
        IsAssumed = isAssumed;
    }

    /// <summary>What is declared in place of the body, or null.</summary>
    public EffectRule? Rule { get; }

    /// <summary>Whether the body's effects are declared harmless to repeat.</summary>
    public bool IsAssumed { get; }

    /// <summary>What is declared, or null where nothing is.</summary>
    public static DeclaredEffect? Of(IMethodSymbol method)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        if (definition.GetAttributes().IsEmpty && definition.ContainingType?.GetAttributes().IsEmpty != false && definition.AssociatedSymbol?.GetAttributes().IsEmpty != false)
        {
            return null;
        }

        DeclaredEffect declared = Found.GetValue(definition, static symbol => Read((IMethodSymbol)symbol));
        return ReferenceEquals(declared, Nothing) ? null : declared;
    }

    /// <summary>The kind that a member of the attribute's enum stands for.</summary>
    public static EffectKind KindOf(int value) => value switch
    {
        0 => EffectKind.Write,
        1 => EffectKind.Send,
        2 => EffectKind.Insert,
        3 => EffectKind.Modify,
        4 => EffectKind.Append,
        5 => EffectKind.Notify,
        6 => EffectKind.Enqueue,
        _ => EffectKind.Process,
    };

    /// <summary>The name of the member of the attribute's enum that stands for a kind, or null where none does.</summary>
    public static string? NameOf(EffectKind kind) =>
        kind is EffectKind.Send or EffectKind.Insert or EffectKind.Modify or EffectKind.Append or EffectKind.Notify or EffectKind.Enqueue or EffectKind.Process ? kind.ToString() : null;

    private static DeclaredEffect Read(IMethodSymbol method)
    {
        foreach (ISymbol? symbol in (ISymbol?[])[method, method.AssociatedSymbol, method.ContainingType])
        {
            if (symbol is null)
            {
                continue;
            }

            if (symbol.Has(EffectFree))
            {
                return new DeclaredEffect(EffectRules.Of(EffectKind.Free), isAssumed: false);
            }

            if (symbol.Attribute(TaskEffect) is { ConstructorArguments: [{ Value: int kind }, ..] } effect)
            {
                string? identity = effect.Named<string?>("Identity", null);
                return new DeclaredEffect(new EffectRule(KindOf(kind)) { Token = identity is null ? [] : [identity], Identity = identity is null ? [] : [identity] }, isAssumed: false);
            }

            if (symbol.Has(AssumeIdempotent))
            {
                return new DeclaredEffect(null, isAssumed: true);
            }
        }

        return Nothing;
    }
}
