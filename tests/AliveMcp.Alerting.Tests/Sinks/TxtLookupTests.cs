using System.Net;
using System.Net.Sockets;
using System.Text;
using AliveMcp.Alerting.Sinks.Webhook;

namespace AliveMcp.Alerting.Tests.Sinks;

public sealed class TxtLookupTests
{
    [Fact]
    public async Task Texts_come_whole_out_of_their_pieces()
    {
        var texts = await AskAsync(question => Answer(question, "alivemcp=TOKEN", new string('x', 300), ""));

        Assert.Equal(["alivemcp=TOKEN", new string('x', 300), ""], texts);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_has_no_texts()
    {
        var texts = await AskAsync(question => [.. question[..2], 0x81, 0x83, .. question[4..]]);

        Assert.Empty(texts);
    }

    [Fact]
    public async Task What_is_no_answer_to_this_question_is_not_believed()
    {
        Assert.Empty(await AskAsync(question => Answer([(byte)~question[0], .. question[1..]], "alivemcp=TOKEN")));
        Assert.Empty(
            await AskAsync(question => Answer([.. question[..13], (byte)'X', .. question[14..]], "alivemcp=TOKEN"))
        );
    }

    [Fact]
    public void Bytes_by_chance_are_read_without_a_fault()
    {
        var chance = new Random(7);
        var question = TxtWire.Question(7, "_alivemcp.example.com")!;
        for (var count = 0; count < 5_000; count++)
        {
            var noise = new byte[chance.Next(200)];
            chance.NextBytes(noise);
            var answer = (byte[])[.. question, .. noise];
            (answer[2], answer[3], answer[7]) = (0x81, 0x80, (byte)chance.Next(256));

            Assert.NotNull(TxtWire.Texts(answer, 7, question));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("ümlaut.example")]
    public void What_is_no_name_is_not_asked_for(string name) => Assert.Null(TxtWire.Question(1, name));

    /// <summary>A name server that answers one question.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(Func<byte[], byte[]> answer)
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var asked = Task.Run(async () =>
        {
            var question = await server.ReceiveAsync();
            await server.SendAsync(answer(question.Buffer), question.RemoteEndPoint);
        });
        var lookup = new TxtLookup(TimeProvider.System, [(IPEndPoint)server.Client.LocalEndPoint!]);
        var texts = await lookup.AskAsync("_alivemcp.example.com", CancellationToken.None);
        await asked;
        return texts;
    }

    private static byte[] Answer(byte[] question, params string[] texts)
    {
        var packet = new List<byte>(question);
        (packet[2], packet[3], packet[7]) = (0x81, 0x80, (byte)texts.Length);
        foreach (var text in texts)
        {
            var data = new List<byte>();
            foreach (var piece in text.Chunk(255).DefaultIfEmpty([]))
            {
                data.Add((byte)piece.Length);
                data.AddRange(Encoding.ASCII.GetBytes(piece));
            }

            packet.AddRange([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, (byte)(data.Count >> 8), (byte)data.Count]);
            packet.AddRange(data);
        }

        return [.. packet];
    }
}
