using System.Text.Json;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Tests.Tickets;

/// <summary>What travels between desk and prober: two programs that may be of two ages.</summary>
public sealed class DeskJsonTests
{
    [Fact]
    public void The_spelling_of_a_ticket_is_fixed()
    {
        var ticket = new ProbeTicket
        {
            Server = new ServerKey(TenantId.Local, new ServerId(7)),
            Minute = new MinuteStamp(29_920_854),
            Region = Region.Of("us-east"),
            Order = new ProbeOrder { Url = new Uri("https://mcp.example/mcp"), Era = Era.Discover },
            StartIn = TimeSpan.FromMilliseconds(250),
            LastEndIn = TimeSpan.FromSeconds(58),
            MayRetry = true,
            Signature = "sig",
        };

        var json = JsonSerializer.Serialize(new LeaseAnswer([ticket]), DeskJson.Default.LeaseAnswer);

        Assert.Equal(
            """{"tickets":[{"v":1,"server":"2/7","minute":29920854,"region":"us-east","order":{"url":"https://mcp.example/mcp","era":2,"limits":{"total":15000,"connect":5000,"discover":3000,"tools_list":10000,"test_calls":10000,"health":5000,"goodbye":2000,"slow_after":5000,"body_bytes":4194304,"compression_ratio":100,"header_bytes":32768,"sse_events":1000,"pages":50,"tools":5000,"json_depth":64},"expectations":{"tools":[],"test_calls":[]}},"start_in":250,"last_end_in":58000,"may_retry":true,"signature":"sig"}],"v":1}""",
            json
        );
        var back = JsonSerializer.Deserialize(json, DeskJson.Default.LeaseAnswer)!.Tickets[0];
        Assert.Equal(ticket with { Order = back.Order }, back);
        Assert.Equal(ticket.Order.Url, back.Order.Url);
        Assert.Equal(ticket.Order.Limits, back.Order.Limits);
    }

    [Fact]
    public void What_an_owner_expects_survives_the_way()
    {
        var call = new TestCall
        {
            Tool = "forecast",
            Arguments = """{"city":"Zürich","exact":1.50}""",
            AllowListed = true,
            JsonPath = "$.a",
            JsonPathEquals = "null",
            Schema = "true",
            Within = TimeSpan.FromMilliseconds(800),
            FailureIsDown = true,
        };
        var check = new HealthCheck { Url = new Uri("https://mcp.example/health"), Status = 204 };
        var order = new ProbeOrder
        {
            Url = new Uri("https://mcp.example/mcp"),
            Expectations = new Expectations { TestCalls = [call, new TestCall { Tool = "ping" }] },
            Health = check,
        };

        var json = JsonSerializer.Serialize(order, DeskJson.Default.ProbeOrder);
        var back = JsonSerializer.Deserialize(json, DeskJson.Default.ProbeOrder)!;

        Assert.Equal(order.Expectations.TestCalls, back.Expectations.TestCalls);
        Assert.Equal(check, back.Health);
    }

    [Fact]
    public void Limits_that_an_older_desk_does_not_know_are_the_usual_ones()
    {
        var limits = JsonSerializer.Deserialize("""{"total":9000}""", DeskJson.Default.ProbeLimits)!;

        Assert.Equal((10, 5), (limits.TestCalls.TotalSeconds, limits.Health.TotalSeconds));
    }

    [Fact]
    public void A_try_that_could_not_look_survives_the_way()
    {
        var report = new TicketReport
        {
            Server = new ServerKey(TenantId.Local, new ServerId(7)),
            Minute = new MinuteStamp(29_920_854),
            Region = Region.Of("us-east"),
            Signature = "sig",
            Attempts = [new ProbeAttempt { State = ServerState.Unknown, Why = Why.HostBusy }],
        };

        var json = JsonSerializer.Serialize(new ReportBatch("p", [report]), DeskJson.Default.ReportBatch);
        var back = JsonSerializer.Deserialize(json, DeskJson.Default.ReportBatch)!;

        Assert.Equal(
            """{"prober":"p","reports":[{"v":1,"server":"2/7","minute":29920854,"region":"us-east","signature":"sig","attempts":[{"state":0,"why":151,"phases":{}}],"observed":{}}],"v":1}""",
            json
        );
        Assert.Equal(report.Attempts[0], back.Reports[0].Attempts[0]);
    }

    [Theory]
    [InlineData(
        """{"prober":"p","reports":[{"server":"2-7","minute":1,"region":"r","signature":"s","attempts":[]}]}"""
    )]
    [InlineData(
        """{"prober":"p","reports":[{"server":"2/7","minute":1,"region":"R!","signature":"s","attempts":[]}]}"""
    )]
    [InlineData("""{"prober":"p","reports":[{"server":"2/7","minute":1,"region":"r","signature":"s"}]}""")]
    [InlineData(
        """{"prober":"p","reports":[{"server":"2/7","minute":1,"region":"r","signature":null,"attempts":[]}]}"""
    )]
    public void What_is_no_report_is_refused(string json)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, DeskJson.Default.ReportBatch));
    }

    [Fact]
    public void What_a_newer_program_adds_is_passed_over()
    {
        var answer = JsonSerializer.Deserialize("""{"v":2,"recorded":3,"held":1}""", DeskJson.Default.ReportAnswer)!;

        Assert.Equal(3, answer.Recorded);
    }
}
