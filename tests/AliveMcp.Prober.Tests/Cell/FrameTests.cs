using System.Text.Json;
using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Tests.Cell;

public sealed class FrameTests
{
    [Fact]
    public void Whatever_pieces_a_stream_comes_in_its_frames_are_the_same()
    {
        var random = new Random(4_711);
        for (var round = 0; round < 200; round++)
        {
            var sent = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Batch(random)).ToList();
            using var stream = new MemoryStream();
            using (var writer = new FrameWriter(stream, FrameLimits.Answers))
            {
                sent.ForEach(batch => writer.Write(batch, CellJson.Default.CellAnswers));
            }

            var reader = new FrameReader(new Trickle(stream.ToArray(), random), FrameLimits.Answers);

            Assert.Equal(sent.Select(Text), ReadAll(reader).Select(Text));
        }
    }

    [Fact]
    public void Garbage_is_refused_in_few_ways_and_nothing_else_happens()
    {
        var random = new Random(815);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0 && bytes.Length > 4)
            {
                // A length that fits, so that the text is looked at.
                BitConverter.TryWriteBytes(bytes, bytes.Length - 4);
            }

            var fault = Record.Exception(() => ReadAll(new FrameReader(new MemoryStream(bytes), FrameLimits.Answers)));

            Assert.True(fault is InvalidDataException or EndOfStreamException or JsonException, fault?.ToString());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(-1)]
    public void A_length_that_no_frame_has_is_refused_before_anything_is_reserved_for_it(int length)
    {
        var reader = new FrameReader(new MemoryStream(BitConverter.GetBytes(length)), largest: 100);

        Assert.Throws<InvalidDataException>(() => reader.TryRead(out _));
    }

    [Fact]
    public void What_is_too_long_is_not_written_at_all()
    {
        using var stream = new MemoryStream();
        using var writer = new FrameWriter(stream, largest: 20);

        Assert.Throws<InvalidDataException>(() => writer.Write(Batch(new Random(1)), CellJson.Default.CellAnswers));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void An_order_arrives_as_it_was_sent()
    {
        var order = Builders.Order.Ticket().Order with
        {
            KnownContract = "sha256:ab",
            HadTools = true,
            OtherLeg = OtherLeg.Expected,
            Expectations = new Expectations
            {
                Tools = ["a", "b"],
                TestCalls =
                [
                    new TestCall
                    {
                        Tool = "a",
                        Arguments = "{\"x\":1}",
                        Within = TimeSpan.FromSeconds(2),
                    },
                ],
            },
            Credential = new ProbeCredential
            {
                Kind = CredentialKind.ClientCredentials,
                Identity = "cred-7",
                Secret = "s\u00e9cret",
                User = "me",
                TokenEndpoint = new Uri("https://as.example/token"),
            },
            Health = new HealthCheck { Url = new Uri("https://mcp.example/health"), Status = 204 },
        };
        var sent = new CellOrders([new CellOrder(5, order)]);

        var text = JsonSerializer.Serialize(sent, CellJson.Default.CellOrders);
        var came = JsonSerializer.Deserialize(text, CellJson.Default.CellOrders)!;

        Assert.Equal(text, JsonSerializer.Serialize(came, CellJson.Default.CellOrders));
        Assert.Equal(order.Credential, came.Orders[0].Order.Credential);
        Assert.Equal(order.Limits, came.Orders[0].Order.Limits);
        Assert.Equal((5, CellOrders.Version), (came.Orders[0].Id, came.V));
    }

    private static List<CellAnswers> ReadAll(FrameReader reader)
    {
        var batches = new List<CellAnswers>();
        while (reader.TryRead(out var frame))
        {
            batches.Add(JsonSerializer.Deserialize(frame.Span, CellJson.Default.CellAnswers)!);
        }

        return batches;
    }

    private static CellAnswers Batch(Random random) =>
        new([
            .. Enumerable
                .Range(0, random.Next(1, 5))
                .Select(number => new CellAnswer(
                    number + 1,
                    TryResult.Unknown(Why.Timeout, new string('\u00e4', random.Next(300))) with
                    {
                        Contract =
                            random.Next(3) == 0 ? new SeenContract("sha256:1", new byte[random.Next(40_000)]) : null,
                    }
                )),
        ]);

    private static string Text(CellAnswers batch) => JsonSerializer.Serialize(batch, CellJson.Default.CellAnswers);

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            var some = new byte[Math.Min(buffer.Length, random.Next(1, random.Next(2, 5_000)))];
            var read = base.Read(some, 0, some.Length);
            some.AsSpan(0, read).CopyTo(buffer);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
