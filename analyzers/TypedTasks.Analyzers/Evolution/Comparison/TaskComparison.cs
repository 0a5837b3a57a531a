using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>Compares a task with its block: its route, its arguments, its result, and what it promises.</summary>
internal sealed class TaskComparison(BaselineComparison comparison)
{
    private readonly PlaceComparison _places = new(comparison);

    public void Compare(PresentTask task)
    {
        if (!comparison.Then.Tasks.TryGetValue(task.Name, out BaselineBlock? block))
        {
            Add(Rules.NotInBaseline, task, $"The task '{task.Name}' is not in {BaselineFile.FileName}; add it, so that a later change of it is seen", comparison.Lines.Add(task));
            return;
        }

        if (block.IsRetired)
        {
            Add(Rules.RetiredReused, task, $"The name '{task.Name}' is retired: tasks of the old meaning may still be under way, and would be run as this one; give the task another name", []);
            return;
        }

        CompareQueue(task, block);
        CompareRedelivery(task, block);
        CompareDelivery(task, block);
        _places.Compare(block, task.Places, $"The task '{task.Name}'", task, task.Method);
        CompareResult(task, block);
    }

    private void CompareQueue(PresentTask task, BaselineBlock block)
    {
        string queue = task.Model.Options.Queue.Name;
        if (!block.Facts.TryGetValue(BaselineText.Queue, out BaselineEntry? fact) || fact.Name == queue)
        {
            return;
        }

        // A worker takes the queues that its contract names: one that another task still names is emptied as before.
        bool isStillRead = comparison.Now.Tasks.Values.Any(other => other.Model.ContractWireName == task.Model.ContractWireName && other.Model.Options.Queue.Name == fact.Name);
        BaselineEdit edit = new(EditKind.Put, block.Address, BaselineText.Queue, $"{BaselineText.Queue} {queue}");
        if (isStillRead)
        {
            Add(Rules.DeliveryChanged, task, $"The task '{task.Name}' was on the queue '{fact.Name}' and is on '{queue}'", [edit]);
        }
        else
        {
            Add(Rules.RouteChanged, task, $"The task '{task.Name}' was on the queue '{fact.Name}' and is on '{queue}': no worker of the contract '{task.Model.ContractWireName}' takes '{fact.Name}' any more, and what waits there stays; keep the queue, or accept the change when it is empty", [edit]);
        }
    }

    private void CompareRedelivery(PresentTask task, BaselineBlock block)
    {
        Redelivery now = Redelivery.Of(task.Model.Options);
        if (Redelivery.Of(block) is not { } then)
        {
            if (now.Word.Length > 0)
            {
                Add(Rules.NotInBaseline, task, $"That the task '{task.Name}' is '{now.Line}' is not in {BaselineFile.FileName}; add it, so that a later change of it is seen", [Put(block, now)]);
            }

            return;
        }

        bool isSameKey =
            Redelivery.ByPlace(then.Key, block.Places.Where(place => !place.IsRetired).Select(place => (place.Name, place.Key))) ==
            Redelivery.ByPlace(now.Key, task.Places.Select(place => (place.Name, place.Key)));
        BaselineEdit[] edits =
        [
            .. now.Word == then.Word ? [] : new[] { new BaselineEdit(EditKind.Remove, block.Address, then.Word, "") },
            .. now.Word.Length == 0 ? [] : new[] { Put(block, now) },
        ];
        if (Redelivery.Weakened(then, now, isSameKey) is { } reason)
        {
            Add(Rules.IdempotencyWeakened, task, $"The task '{task.Name}' {reason}; a new task beside the old one keeps the promise to what is under way", edits);
        }
        else if (!Redelivery.IsSame(then, now, isSameKey))
        {
            Add(Rules.DeliveryChanged, task, $"The task '{task.Name}' was '{then.Line}' and is '{now.Line}'", edits);
        }

        static BaselineEdit Put(BaselineBlock block, Redelivery now) => new(EditKind.Put, block.Address, now.Word, now.Line);
    }

    private void CompareDelivery(PresentTask task, BaselineBlock block)
    {
        string now = DeliveryPolicy.Of(task.Model.Options);
        if (block.Facts.TryGetValue(BaselineText.Delivery, out BaselineEntry? then) && string.Join(", ", DeliveryPolicy.Differences(then.Name, now)) is { Length: > 0 } differences)
        {
            Add(
                Rules.DeliveryChanged,
                task,
                $"The task '{task.Name}' is delivered by other rules: {differences}",
                [new BaselineEdit(EditKind.Put, block.Address, BaselineText.Delivery, $"{BaselineText.Delivery} {now}")]);
        }
    }

    private void CompareResult(PresentTask task, BaselineBlock block)
    {
        WireType? then = block.Facts.TryGetValue(BaselineText.Result, out BaselineEntry? fact) ? fact.Type : null;
        if (then is null && task.Result is null)
        {
            return;
        }

        IEnumerable<BaselineEdit> edits = comparison.Lines.PutResult(block, task.Result);
        bool isKept = task.Model.Options.KeepOutcome.Ticks > 0;
        TypeFit fit = then is null ? TypeFit.Reads
            : task.Result is null ? TypeFit.Breaks
            : TypeFits.Compare(then, task.Result, comparison.Then, comparison.Now);
        string present = task.Result is null ? "none" : $"'{comparison.Lines.Text(task.Result)}'";
        if (fit == TypeFit.Breaks && isKept)
        {
            Add(Rules.ResultChanged, task, $"The task '{task.Name}' returned '{then}' and returns {present}: outcomes that are kept, and clients that wait, have the other; declare a new task", edits);
        }
        else if (fit != TypeFit.Same)
        {
            Add(Rules.NotInBaseline, task, $"The result of the task '{task.Name}' is {present}, and {BaselineFile.FileName} does not say so; write it there", edits);
        }
    }

    private void Add(DiagnosticDescriptor rule, PresentTask task, string message, IEnumerable<BaselineEdit> edits) =>
        comparison.Add(rule, task.Contract, BaselineComparison.Place(task.Method), message, [.. edits]);
}
