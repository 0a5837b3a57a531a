using System.Buffers;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Tests.Protocol;

/// <summary>What is written, and the small formats that are read.</summary>
public sealed class FormatTests
{
    [Fact]
    public void A_frame_with_headers_has_sizes_of_fixed_width()
    {
        var frame = new OutgoingFrame();
        frame.Begin();
        frame.Append("tt.q.a"u8);
        frame.BeginHeaders(replyLength: 3);
        frame.Append("Nats-Msg-Id: x\r\n"u8);
        frame.BeginPayload();
        frame.Write("hello"u8);
        frame.End();
        "_I1"u8.CopyTo(frame.Reply);

        Assert.Equal("HPUB tt.q.a _I1 00000028 00000033\r\nNATS/1.0\r\nNats-Msg-Id: x\r\n\r\nhello\r\n", Encoding.ASCII.GetString(frame.Written));
        Assert.Equal(33, frame.MessageLength);
        Assert.Equal(5, frame.PayloadLength);
        Assert.Equal("tt.q.a", Encoding.ASCII.GetString(frame.Subject));
    }

    [Fact]
    public void A_frame_without_headers_is_a_plain_publish()
    {
        var frame = new OutgoingFrame();
        frame.Begin();
        frame.Append("a"u8);
        frame.BeginPayloadWithoutHeaders(0);
        frame.Append("+ACK"u8);
        frame.End();

        Assert.Equal("PUB  a 00000004\r\n+ACK\r\n", Encoding.ASCII.GetString(frame.Written));
    }

    [Fact]
    public void Frames_may_follow_each_other_and_what_is_said_is_said_of_the_last()
    {
        var frame = new OutgoingFrame();
        frame.Begin();
        frame.Append("a"u8);
        frame.BeginPayloadWithoutHeaders(0);
        frame.Append("+ACK"u8);
        frame.End();
        frame.BeginNext();
        frame.Append("b.c"u8);
        frame.BeginPayloadWithoutHeaders(replyLength: 2);
        frame.Append("+WPI!"u8);
        frame.End();
        "_I"u8.CopyTo(frame.Reply);

        Assert.Equal("PUB  a 00000004\r\n+ACK\r\nPUB  b.c _I 00000005\r\n+WPI!\r\n", Encoding.ASCII.GetString(frame.Written));
        Assert.Equal("b.c", Encoding.ASCII.GetString(frame.Subject));
        Assert.Equal(5, frame.PayloadLength);
    }

    [Theory]
    [InlineData("{\"stream\":\"Q\", \"seq\":1}", 1, false, 0)]
    [InlineData("{\"stream\":\"Q\", \"seq\":18446744073709551,\"duplicate\": true}", 18446744073709551, true, 0)]
    [InlineData("{\"stream\":\"Q\", \"domain\":\"D\", \"seq\":7}", 7, false, 0)]
    [InlineData("{\"stream\":\"Q\",\"seq\":9,\"val\":\"5\",\"batch\":\"x\",\"count\":3}", 9, false, 0)]
    [InlineData("{\"error\":{\"code\":503,\"err_code\":10077,\"description\":\"maximum messages exceeded\"},\"stream\":\"Q\",\"seq\":0}", 0, false, 10077)]
    public void An_answer_to_a_publish_is_read_as_servers_write_it(string json, ulong sequence, bool isDuplicate, int error)
    {
        PubAck ack = PubAck.Parse(Encoding.ASCII.GetBytes(json));

        Assert.Equal((true, sequence, isDuplicate, error), (ack.IsValid, ack.Sequence, ack.IsDuplicate, ack.ErrorCode));
    }

    [Theory]
    [InlineData("$JS.ACK.S.C.3.17.21.1700000000000000000.5", true)]
    [InlineData("$JS.ACK._.hash.S.C.3.17.21.1700000000000000000.5", true)]
    [InlineData("$JS.ACK.dom.hash.S.C.3.17.21.1700000000000000000.5.more.tokens", true)]
    [InlineData("$JS.ACK.S.C.3.17.21.1700000000000000000", false)]
    [InlineData("$JS.ACK.S.C.x.17.21.1700000000000000000.5", false)]
    [InlineData("_INBOX.a.b.c.d.e.f.g.h", false)]
    public void A_delivery_is_described_by_its_reply_subject(string subject, bool isOne)
    {
        Assert.Equal(isOne, AckSubject.TryParse(Encoding.ASCII.GetBytes(subject), out AckSubject ack));
        if (isOne)
        {
            Assert.Equal((3, 17UL, 21UL, 1700000000000000000), (ack.Delivered, ack.StreamSequence, ack.ConsumerSequence, ack.Timestamp));
        }
    }

    [Fact]
    public void Headers_are_found_by_exact_name_and_status_by_digits()
    {
        var headers = new NatsHeaders("NATS/1.0 409 Consumer Deleted\r\nX-Nats-Sequence: 1\r\nNats-Sequence: 22\r\nEmpty:\r\n\r\n"u8);

        Assert.Equal(409, headers.Status);
        Assert.Equal("Consumer Deleted", Encoding.ASCII.GetString(headers.Description));
        Assert.True(headers.TryGetInt64("Nats-Sequence"u8, out long sequence));
        Assert.Equal(22, sequence);
        Assert.False(headers.TryGet("nats-sequence"u8, out _));
        Assert.Equal(0, new NatsHeaders("NATS/1.0\r\n\r\n"u8).Status);
        Assert.Equal(0, new NatsHeaders("junk"u8).Status);
    }

    [Fact]
    public void The_server_says_what_it_is_and_unknown_fields_are_skipped()
    {
        ServerInfo info = ServerInfo.Parse("""
            {"server_id":"ID","version":"2.12.0-RC.1","max_payload":1048576,"headers":true,"jetstream":true,"new":{"a":[1,{}]},"connect_urls":["a:1","b:2"],"ldm":true,"nonce":"n"}
            """u8);

        Assert.Equal(("ID", new Version(2, 12, 0), 1048576, true, true, true, "n"), (info.ServerId, info.Version, info.MaxPayload, info.Headers, info.JetStream, info.LameDuck, info.Nonce));
        Assert.Equal(["a:1", "b:2"], info.ConnectUrls);
        Assert.Throws<NatsProtocolException>(() => ServerInfo.Parse("{\"max_payload\":\"x\"}"u8));
        Assert.Throws<NatsProtocolException>(() => ServerInfo.Parse("[1]"u8));
    }

    [Fact]
    public void Connect_proves_itself_with_a_ping()
    {
        var output = new ArrayBufferWriter<byte>();
        ConnectCommand.Write(output, "n", tls: true, new ConnectCredentials(User: "u\"\r\n", Password: "p"));

        string text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.StartsWith("CONNECT {\"verbose\":false,", text, StringComparison.Ordinal);
        Assert.EndsWith("}\r\nPING\r\n", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("\r\n").Length - 1);
    }

    [Theory]
    [InlineData("plain-Name_1")]
    [InlineData("a.b*c> d=e")]
    [InlineData("Größe 東京 🚀\r\n")]
    [InlineData("")]
    public void Any_text_becomes_one_token_and_comes_back(string text)
    {
        string token = SubjectToken.Escape(text);

        Assert.Matches("^[A-Za-z0-9=_-]+$", token);
        Assert.Equal(text, SubjectToken.Unescape(token));
    }

    [Fact]
    public void A_record_comes_back_as_it_was()
    {
        var record = new TaskRecord { State = TaskState.DeadLettered, IsHidden = true, IsMoved = true, Round = 3, Attempt = 4, Fence = long.MaxValue, NotBefore = 5, Outcome = "out"u8.ToArray(), Note = "note"u8.ToArray() };

        TaskRecord read = Assert.NotNull(TaskRecord.Read(record.ToBytes()));

        Assert.Equal("out"u8.ToArray(), read.Outcome.ToArray());
        Assert.Equal("note"u8.ToArray(), read.Note.ToArray());
        Assert.Equal(record with { Outcome = default, Note = default }, read with { Outcome = default, Note = default });
        Assert.Null(TaskRecord.Read(record.ToBytes()[..20]));
    }

    [Fact]
    public void A_dead_letters_note_is_cut_to_what_fits()
    {
        var note = new DeadLetterNote(DeadLetterReason.NotTransient, new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero), 5, new TaskFailure("T", new string('m', 5000), new string('s', 5000)));

        byte[] bytes = DeadLetterFormat.WriteNote(note, 256);

        Assert.InRange(bytes.Length, 1, 256);
        DeadLetterNote? read = DeadLetterFormat.ReadNote(bytes);
        Assert.Equal((note.Reason, note.At, note.Attempts, "T"), (read!.Reason, read.At, read.Attempts, read.Failure!.Type));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Null(DeadLetterFormat.ReadNote(bytes.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("nats://u:p%40ss@host:1234", "host:1234", "u", "p@ss", false)]
    [InlineData("tls://host", "host:4222", null, null, true)]
    [InlineData("host:99", "host:99", null, null, false)]
    public void An_address_is_read_and_shown_without_its_secrets(string text, string shown, string? user, string? password, bool tls)
    {
        NatsEndpoint endpoint = NatsEndpoint.Parse(text, out string? foundUser, out string? foundPassword);

        Assert.Equal((shown, user, password, tls), (endpoint.ToString(), foundUser, foundPassword, endpoint.RequiresTls));
    }

    [Fact]
    public void An_address_that_is_none_is_refused_without_its_secrets()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() => NatsEndpoint.Parse("http://user:secret@host", out _, out _));

        Assert.Contains("NatsEngineOptions.Servers", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
