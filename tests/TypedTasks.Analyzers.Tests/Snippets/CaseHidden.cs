// A case of the union that only its base class sees.
using MessagePack;

namespace Drawing;

[TaskContract]
public interface IDrawings
{
    [Task, Idempotent] Task DrawAsync(Guid sheet, Shape {|TT312:shape|});
}

[Union(0, typeof(Dot))]
public abstract class Shape
{
    protected sealed class Dot : Shape;
}
