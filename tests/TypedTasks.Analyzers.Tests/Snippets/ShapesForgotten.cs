// A union that a new class was not added to, and one with a tag twice.
using MessagePack;

namespace Drawing
{
    [Union(0, typeof(Circle))]
    public interface {|TT313:IShape|};

    public sealed record Circle(double Radius) : IShape;

    [Union(0, typeof(Solid))]
    [Union(0, typeof(Dashed))]
    public abstract record {|TT304:Stroke|}(int Width);

    public sealed record Solid(int Width) : Stroke(Width);

    public sealed record Dashed(int Width, int Gap) : Stroke(Width);

    [TaskContract]
    public interface IDrawings
    {
        [Task, Idempotent] Task DrawAsync(IShape[] shapes);

        [Task, Idempotent] Task StrokeAsync(Stroke stroke);
    }
}

namespace Drawing.More
{
    public sealed record Square(double Side) : IShape;
}
