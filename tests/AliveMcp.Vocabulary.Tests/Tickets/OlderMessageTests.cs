using System.Text.Json;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Tests.Tickets;

/// <summary>
/// A message of an older program lacks what this one knows. What is absent must be the usual value: generated readers hand an absent member to
/// its <c>init</c> as zero or null.
/// </summary>
public sealed class OlderMessageTests
{
    private const string Server = "\"server\":\"2/7\",\"minute\":29920854,\"region\":\"us-east\",\"signature\":\"sig\"";

    [Fact]
    public void Limits_that_are_not_said_are_the_usual_ones() =>
        Assert.Equal(new ProbeLimits(), JsonSerializer.Deserialize("{}", DeskJson.Default.ProbeLimits));

    [Fact]
    public void A_limit_that_is_said_counts()
    {
        var odd = new ProbeLimits
        {
            Total = TimeSpan.FromSeconds(1),
            Connect = TimeSpan.FromSeconds(2),
            Discover = TimeSpan.FromSeconds(4),
            ToolsList = TimeSpan.FromSeconds(6),
            TestCalls = TimeSpan.FromSeconds(7),
            Health = TimeSpan.FromSeconds(8),
            Goodbye = TimeSpan.FromSeconds(9),
            SlowAfter = TimeSpan.FromSeconds(11),
            BodyBytes = 1,
            CompressionRatio = 2,
            HeaderBytes = 3,
            SseEvents = 4,
            Pages = 5,
            Tools = 6,
            JsonDepth = 7,
        };

        var json = JsonSerializer.Serialize(odd, DeskJson.Default.ProbeLimits);

        Assert.Equal(odd, JsonSerializer.Deserialize(json, DeskJson.Default.ProbeLimits));
    }

    [Fact]
    public void The_oldest_ticket_can_still_be_looked_at()
    {
        var json = $$$"""
            {"tickets":[{{{{Server}}},"order":{"url":"https://mcp.example/mcp"},"last_end_in":58000},
            {{{{Server}}},"order":{"url":"https://mcp.example/mcp","expectations":{"test_calls":[{"tool":"t"}]}},"last_end_in":1}]}
            """;

        var lease = JsonSerializer.Deserialize(json, DeskJson.Default.LeaseAnswer)!;

        var order = lease.Tickets[0].Order;
        Assert.Equal((1, 1), (lease.V, lease.Tickets[0].V));
        Assert.Equal(new ProbeLimits(), order.Limits);
        Assert.Empty(order.Expectations.Tools);
        Assert.Empty(order.Expectations.TestCalls);
        Assert.Equal([new TestCall { Tool = "t" }], lease.Tickets[1].Order.Expectations.TestCalls);
        Assert.Empty(lease.Tickets[1].Order.Expectations.Tools);
    }

    [Fact]
    public void The_oldest_report_can_still_be_taken()
    {
        var json = $$$"""{"prober":"p","reports":[{{{{Server}}},"attempts":[{"state":1}]}]}""";

        var batch = JsonSerializer.Deserialize(json, DeskJson.Default.ReportBatch)!;

        Assert.Equal((1, 1), (batch.V, batch.Reports[0].V));
        Assert.Equal(new Observed(), batch.Reports[0].Observed);
        Assert.Equal(new PhaseTimes(), batch.Reports[0].Attempts[0].Phases);
    }

    [Fact]
    public void The_shortest_request_asks_for_the_shared_lane()
    {
        var request = JsonSerializer.Deserialize("""{"prober":"p"}""", DeskJson.Default.LeaseRequest)!;
        var answer = JsonSerializer.Deserialize("""{"recorded":3}""", DeskJson.Default.ReportAnswer)!;

        Assert.Equal(new LeaseRequest("p"), request);
        Assert.Equal(new ReportAnswer(3, 0, 0), answer);
    }
}
