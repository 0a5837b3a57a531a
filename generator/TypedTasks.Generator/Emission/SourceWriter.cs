using System.Text;

namespace TypedTasks.Generator.Emission;

/// <summary>Writes source line by line, indented, so that an emitter looks like its output. Lines end with \n on every machine.</summary>
internal sealed class SourceWriter
{
    private const string Indent = "    ";

    private readonly StringBuilder _text = new(4096);
    private int _depth;

    /// <summary>Writes lines, each at the current depth; an empty line stays empty.</summary>
    public void Write(string lines)
    {
        foreach (string line in lines.Split('\n'))
        {
            string content = line.TrimEnd('\r', ' ');
            if (content.Length > 0)
            {
                for (int i = 0; i < _depth; i++)
                {
                    _text.Append(Indent);
                }

                _text.Append(content);
            }

            _text.Append('\n');
        }
    }

    public void Line() => _text.Append('\n');

    /// <summary>Writes <paramref name="opening"/>, if any, and a brace; disposing closes it, followed by <paramref name="after"/>.</summary>
    public Block Braces(string opening, string after = "")
    {
        if (opening.Length > 0)
        {
            Write(opening);
        }

        Write("{");
        _depth++;
        return new Block(this, "}" + after);
    }

    /// <summary>Writes <paramref name="opening"/>; what follows is one step deeper until disposed.</summary>
    public Block Deeper(string opening)
    {
        Write(opening);
        _depth++;
        return new Block(this, null);
    }

    /// <summary>Writes XML documentation, <c>///</c> before each line.</summary>
    public void Document(string element, string text, string attribute = "")
    {
        string documentation = text.Contains('\n') ? $"<{element}{attribute}>\n{text}\n</{element}>" : $"<{element}{attribute}>{text}</{element}>";
        Write(string.Join("\n", documentation.Split('\n').Select(line => $"/// {line}")));
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Block(SourceWriter writer, string? closing) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            if (closing is not null)
            {
                writer.Write(closing);
            }
        }
    }
}
