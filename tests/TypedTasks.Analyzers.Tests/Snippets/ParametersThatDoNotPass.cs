// Spans, references and lists of arguments.
namespace Documents;

[TaskContract]
internal interface IScans
{
    [Task]
    ValueTask RecogniseAsync(Guid page, ReadOnlySpan<char> {|TT103:language|});

    [Task]
    ValueTask JoinAsync(Guid document, params Guid[] {|TT103:pages|});

    [Task]
    ValueTask MoveAsync(ref readonly Guid {|TT103:document|}, string folder);

    [Task]
    ValueTask StoreAsync(Guid document, ReadOnlyMemory<byte> content, Memory<byte> thumbnail);
}
