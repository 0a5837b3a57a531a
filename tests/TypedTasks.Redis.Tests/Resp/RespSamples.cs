using System.Text;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Tests.Resp;

/// <summary>Replies of every type, whole, and every way to cut them.</summary>
public static class RespSamples
{
    public static TheoryData<string> All =>
    [
        "+OK\r\n",
        "+\r\n",
        "-ERR unknown command 'x'\r\n",
        ":1\r\n",
        ":-9223372036854775808\r\n",
        "$-1\r\n",
        "$0\r\n\r\n",
        "$5\r\nhe\r\no\r\n",
        "*-1\r\n",
        "*0\r\n",
        "*2\r\n$1\r\na\r\n:2\r\n",
        "*1\r\n*1\r\n*1\r\n*0\r\n",
        "_\r\n",
        "#t\r\n",
        ",3.14\r\n",
        ",inf\r\n",
        "(3492890328409238509324850943850943825024385\r\n",
        "!21\r\nSYNTAX invalid syntax\r\n",
        "=7\r\ntxt:abc\r\n",
        "%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n_\r\n",
        "~2\r\n:1\r\n:2\r\n",
        "|1\r\n+ttl\r\n:3600\r\n*2\r\n:1\r\n|1\r\n+x\r\n+y\r\n:2\r\n",
        "|1\r\n|1\r\n+a\r\n+b\r\n+c\r\n+d\r\n$1\r\nz\r\n",
        ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\nhi\r\n",
        "*1\r\n*2\r\n$4\r\nlane\r\n*1\r\n*2\r\n$3\r\n1-0\r\n*4\r\n$1\r\ni\r\n$1\r\nx\r\n$1\r\ne\r\n$1\r\ny\r\n",
    ];

    /// <summary>Scans a reply that comes in the given pieces; the result is what was found when the last piece was there.</summary>
    internal static int ScanInPieces(byte[] reply, params int[] cuts)
    {
        var scanner = new RespFrameScanner(RespLimits.Default);
        foreach (int cut in cuts)
        {
            Assert.False(scanner.TryScan(reply.AsSpan(0, cut), out _), $"Found an end after {cut} of {reply.Length} bytes of {Encoding.UTF8.GetString(reply)}");
            Assert.True(scanner.Needed <= reply.Length, $"Asks for {scanner.Needed} of {reply.Length} bytes.");
        }

        Assert.True(scanner.TryScan(reply, out int length));
        return length;
    }
}
