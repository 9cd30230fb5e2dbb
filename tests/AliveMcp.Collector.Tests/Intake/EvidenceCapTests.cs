using AliveMcp.Collector.Intake;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Tests.Intake;

public sealed class EvidenceCapTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task Of_each_server_the_newest_hundred_rows_are_kept()
    {
        var server = await house.WatchAsync();
        var other = await house.WatchAsync();
        var table = house.Get<EvidenceTable>();
        await table.AddAsync(Row(other, 0, null), CancellationToken.None);
        for (var place = 0; place < 103; place++)
        {
            await table.AddAsync(Row(server, place, null), CancellationToken.None);
        }

        var kept = await house.RowsAsync<string>(
            "SELECT detail FROM collector.evidence WHERE server_id = @id ORDER BY evidence_id",
            new { id = server.Server.Value }
        );
        Assert.Equal(Enumerable.Range(3, 100).Select(place => $"row {place}"), kept);
        Assert.Single(
            await house.RowsAsync<string>(
                "SELECT detail FROM collector.evidence WHERE server_id = @id",
                new { id = other.Server.Value }
            )
        );
    }

    [Theory]
    [InlineData(6 * 1024, true)]
    [InlineData((6 * 1024) + 1, false)]
    [InlineData(60 * 1024, false)]
    public void A_body_past_six_kilobytes_is_left_out_and_its_row_stays(int bytes, bool isKept)
    {
        var row = Row(Sample.NextServer(), 1, Convert.ToBase64String(new byte[bytes]));

        Assert.Equal(isKept ? bytes : null, row.Body?.Length);
        Assert.Equal("row 1", row.Detail);
    }

    [Fact]
    public void What_is_no_base64_is_no_body() => Assert.Null(Row(Sample.NextServer(), 1, "not base64!").Body);

    private static EvidenceRow Row(ServerKey server, int place, string? evidence)
    {
        var attempt = Sample.Attempt(ServerState.Down, Why.HttpError) with { Detail = $"row {place}" };
        var report = new Vocabulary.Tickets.TicketReport
        {
            Server = server,
            Minute = new MinuteStamp(29_000_000 + place),
            Region = Sample.East,
            Signature = "s",
            Attempts = [attempt],
            Evidence = evidence,
        };
        return EvidenceRow.Of(report, Sample.Entry(Sample.East, ServerState.Down, Why.HttpError), late: false);
    }
}
