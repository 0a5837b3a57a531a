using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Canvases: a chain or a group knows the steps that it is made of, each by its number, as a call value knows its arguments.</content>
internal sealed partial class BodyWalker
{
    // The steps that are made within the arguments of each call that builds a canvas, from the outermost.
    private readonly Stack<List<Value>> _steps = new();

    private Value CallCanvas(IInvocationOperation invocation, Value receiver)
    {
        _steps.Push([]);
        Value[] values = VisitArguments(invocation.Arguments, receiver, invocation.TargetMethod);
        List<Value> made = _steps.Pop();
        Facts facts = new() { Type = invocation.TargetMethod.ReturnType };
        Append(facts, receiver);
        foreach (IParameterSymbol parameter in invocation.TargetMethod.Parameters.Where(parameter => parameter.Type.Name != "JoinOn"))
        {
            // Of a list only the first is known by its value; what is made on the spot is known one by one.
            Append(facts, values[parameter.Ordinal + 1], isNeeded: made.Count == 0);
        }

        made.ForEach(step => Append(facts, step));
        return Step(new Value { Facts = facts });
    }

    /// <summary>A call value, or a link, knows the task and the arguments.</summary>
    private Value? CallValue(IMethodSymbol method, Value[] values)
    {
        if (CanvasCalls.CallOf(method) is not { } call || FactsOf(method, values) is not { } facts)
        {
            return null;
        }

        Facts step = new() { Type = call.ReturnType };
        step.Add(facts);
        step.Set(TaskCalls.Name, new Value { Text = call.Name });
        return Step(new Value { Facts = step });
    }

    private Value Step(Value value)
    {
        if (_steps.Count > 0)
        {
            _steps.Peek().Add(value);
        }

        return value;
    }

    private static void Append(Facts canvas, Value part, bool isNeeded = false)
    {
        Value? element = part.Facts?.Get(Facts.Element);
        if (element is not null)
        {
            Append(canvas, element, isNeeded);
        }
        else if (part.Facts?.Get(TaskCalls.Name) is not null)
        {
            Number(canvas, part);
        }
        else if (part.Facts is { IsEmpty: false, Type: { } type } steps && CanvasCalls.IsCanvas(type))
        {
            foreach (KeyValuePair<string, Value> step in steps.Members)
            {
                Number(canvas, step.Value);
            }
        }
        else if (isNeeded)
        {
            // Made elsewhere: a step of which nothing is known.
            Number(canvas, Value.Stable);
        }
    }

    private static void Number(Facts canvas, Value step)
    {
        if (!canvas.Members.Any(known => ReferenceEquals(known.Value.Facts, step.Facts) && step.Facts is not null))
        {
            canvas.Set($"{canvas.Members.Count()}", step);
        }
    }
}
