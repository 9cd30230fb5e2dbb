using System.Text;
using AliveMcp.Probing.Transports;
using FsCheck;
using FsCheck.Fluent;

namespace AliveMcp.Probing.Tests.Transports;

public sealed class SseParserTests
{
    [Theory]
    [InlineData("data: a\n\n", "a")]
    [InlineData("data: a\r\n\r\n", "a")]
    [InlineData("data: a\r\r", "a")]
    [InlineData("data: a\r\n\n", "a")]
    [InlineData("data: a\n\r\n", "a")]
    [InlineData("data:a\n\n", "a")]
    [InlineData("data:  a\n\n", " a")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data: a\ndata\ndata: b\n\n", "a\n\nb")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("data: \uFEFFa\n\n", "\uFEFFa")]
    [InlineData("\uFEFF\uFEFFdata: a\n\ndata: b\n\n", "b")]
    [InlineData(": comment\ndata: a\n\n", "a")]
    [InlineData("id: 1\nretry: 5\nunknown: x\ndata: a\n\n", "a")]
    [InlineData("data: a:b\n\n", "a:b")]
    [InlineData("Data: a\n\n", null)]
    [InlineData(" data: a\n\n", null)]
    [InlineData("data:\n\n", null)]
    [InlineData("id: 1\n\n", null)]
    [InlineData("data: a\n", null)]
    [InlineData("data: a", null)]
    [InlineData("data: a\n\ndata: b", "a")]
    [InlineData("data: a\n\n\n\ndata: b\n\n", "a|b")]
    [InlineData("data: ä€😀\n\n", "ä€😀")]
    public void Streams_are_cut_by_the_rules(string stream, string? events) =>
        Assert.Equal(
            events ?? "",
            string.Join('|', Parse([Encoding.UTF8.GetBytes(stream)]).Select(found => found.Data))
        );

    [Theory]
    [InlineData("event: endpoint\ndata: a\n\n", "endpoint")]
    [InlineData("event: endpoint\n\ndata: a\n\n", "message")]
    [InlineData("event:\ndata: a\n\n", "message")]
    [InlineData("event: one\nevent: two\ndata: a\n\n", "two")]
    public void An_event_has_the_type_that_was_named_for_it(string stream, string type) =>
        Assert.Equal(type, Assert.Single(Parse([Encoding.UTF8.GetBytes(stream)])).Type);

    [Fact]
    public void Where_the_network_cuts_a_stream_changes_nothing()
    {
        var lines = Gen.Elements(
            "data: x",
            "data:",
            "data",
            "event: e",
            ": c",
            "id: 4",
            "data: {\"a\":1}",
            "",
            "",
            "\uFEFF",
            "retry: 1"
        );
        var ends = Gen.Elements("\n", "\r", "\r\n");
        var streams =
            from parts in Gen.ListOf(from line in lines from end in ends select line + end)
            from bom in Gen.Elements("", "\uFEFF")
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select (Text: bom + string.Concat(parts), Seed: seed);

        Prop.ForAll(
                streams.ToArbitrary(),
                stream =>
                {
                    var bytes = Encoding.UTF8.GetBytes(stream.Text);
                    var whole = Parse([bytes]);
                    return whole.SequenceEqual(Parse(Cut(bytes, new Random(stream.Seed))))
                        && whole.SequenceEqual(Parse([.. bytes.Select(one => new[] { one })]));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static List<byte[]> Cut(byte[] bytes, Random random)
    {
        var pieces = new List<byte[]>();
        for (var at = 0; at < bytes.Length; )
        {
            var length = Math.Min(bytes.Length - at, random.Next(1, 9));
            pieces.Add(bytes[at..(at + length)]);
            at += length;
        }

        return pieces;
    }

    private static List<(string Type, string Data)> Parse(IEnumerable<byte[]> pieces)
    {
        using var parser = new SseParser();
        var events = new List<(string, string)>();
        foreach (var piece in pieces)
        {
            ReadOnlySpan<byte> rest = piece;
            while (parser.TryNext(ref rest))
            {
                events.Add((parser.EventType, Encoding.UTF8.GetString(parser.Data.Span)));
            }
        }

        return events;
    }
}
