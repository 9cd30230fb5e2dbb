using System.Net;
using System.Text.Json;
using AliveMcp.Testing.Rooms;
using Dapper;

namespace AliveMcp.Archive.Tests.History;

/// <summary>What callers do wrong, what strangers try, and what strangers' servers send.</summary>
public sealed class HistoryEndpointTests(ToldHistory told) : IClassFixture<ToldHistory>
{
    private const string Here = "servers/s1001/";

    [Theory]
    [InlineData("minutes?last=0", "last_out_of_range")]
    [InlineData("minutes?last=1441", "last_out_of_range")]
    [InlineData("minutes?last=-1", "last_out_of_range")]
    [InlineData("minutes?last=99999999999999999999", "last_out_of_range")]
    [InlineData("minutes?last=many", "last_out_of_range")]
    [InlineData("minutes?from=x", "from_invalid")]
    [InlineData("minutes?format=xml", "format_invalid")]
    [InlineData("days?last=801", "last_out_of_range")]
    [InlineData("days?to=2028-02-30", "to_invalid")]
    [InlineData("uptime?from=2028-03-20&to=2028-03-19", "window_empty")]
    [InlineData("uptime?from=2030-01-01", "from_in_future")]
    [InlineData("uptime?from=1970-01-01", "window_too_long")]
    [InlineData("changes?from=2028-01-01", "window_too_long")]
    [InlineData("latency?step=week", "step_invalid")]
    [InlineData("latency?step=hour&from=2028-01-01", "window_too_long")]
    [InlineData("contract?before=sha256:zz", "before_invalid")]
    [InlineData("contract?last=0", "last_out_of_range")]
    [InlineData("contract/compare", "from_invalid")]
    [InlineData("contract/compare?from=%27%3B--&to=sha256:00", "from_invalid")]
    [InlineData("drift?before=1;DROP", "before_invalid")]
    [InlineData("drift?last=101", "last_out_of_range")]
    public async Task A_callers_mistake_is_named_with_its_field(string path, string code)
    {
        using var answer = await told.SendAsync(Here + path);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.NotNull(problem.RootElement.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("minutes")]
    [InlineData("days")]
    [InlineData("uptime")]
    [InlineData("changes")]
    [InlineData("latency")]
    [InlineData("contract")]
    [InlineData("drift")]
    [InlineData("status")]
    public async Task A_server_that_is_not_there_is_not_found_and_a_bad_token_is_refused(string path)
    {
        using var nobody = await told.SendAsync($"servers/nobody/{path}");
        using var strange = await told.SendAsync($"servers/%E2%80%AE'%3B--/{path}");
        using var badToken = await told.SendAsync(Here + path, "amcp_live_nonsense");
        using var good = await told.SendAsync(Here + path);

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.OK],
            [nobody.StatusCode, strange.StatusCode, badToken.StatusCode, good.StatusCode]
        );
    }

    [Theory]
    [InlineData("evidence")]
    [InlineData("evidence/1")]
    public async Task Evidence_is_its_owners_alone(string path)
    {
        var charlie = await told.Api.GiveKeyAsync(ServersApi.Charlie, "read");

        using var stranger = await told.SendAsync(Here + path);
        using var other = await told.SendAsync(Here + path, charlie);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.NotFound], [stranger.StatusCode, other.StatusCode]);
    }

    [Fact]
    public async Task A_server_without_a_minute_has_no_percent_and_no_colour()
    {
        await ListAsync("silent", 2_001);

        var uptime = await told.JsonAsync("servers/silent/uptime");
        var days = await told.JsonAsync("servers/silent/days?last=2");
        var minutes = await told.JsonAsync("servers/silent/minutes");
        var status = await told.JsonAsync("servers/silent/status");

        Assert.Equal(JsonValueKind.Null, uptime.GetProperty("uptime_pct").ValueKind);
        Assert.Equal(JsonValueKind.Null, uptime.GetProperty("coverage_pct").ValueKind);
        Assert.Equal(JsonValueKind.Null, days.GetProperty("days")[0].GetProperty("shown").ValueKind);
        Assert.Equal(0, minutes.GetProperty("minutes").GetArrayLength());
        Assert.Equal("unknown", status.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("uptime_30d_pct").ValueKind);
    }

    [Fact]
    public async Task A_window_that_reaches_into_the_future_ends_now()
    {
        var uptime = await told.JsonAsync(Here + "uptime?from=2028-03-20&to=2099-01-01");

        Assert.Equal("2028-03-20T07:31Z", uptime.GetProperty("to").GetString());
    }

    [Fact]
    public async Task Rows_are_given_as_csv_with_the_names_of_the_json()
    {
        using var answer = await told.SendAsync(Here + "days?last=2&format=csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("day,shown,uptime_pct,coverage_pct,live_minutes", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("2028-03-19,", lines[1], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task Latency_of_days_is_merged_from_sketches_and_hours_tell_phases_by_region()
    {
        var days = await told.JsonAsync(Here + "latency?from=2028-03-01&to=2028-03-15");
        var hours = await told.JsonAsync(Here + "latency?from=2028-03-14T06:20Z&to=2028-03-14T08:00Z");

        Assert.Equal(("day", 14), (days.GetProperty("step").GetString(), days.GetProperty("points").GetArrayLength()));
        Assert.Equal(
            ("hour", 2),
            (hours.GetProperty("step").GetString(), hours.GetProperty("points").GetArrayLength())
        );
        var point = hours.GetProperty("points")[0];
        Assert.Equal("2028-03-14T06:00Z", point.GetProperty("from").GetString());
        Assert.True(point.GetProperty("p50_ms").GetInt32() <= point.GetProperty("p99_ms").GetInt32());
        Assert.NotEqual(0, point.GetProperty("regions").GetArrayLength());
    }

    [Fact]
    public async Task What_a_strangers_server_sent_is_shown_as_data_that_acts_no_more()
    {
        var token = (await File.ReadAllTextAsync(told.Api.TokenFile)).Trim();
        var id = await Evidence.KeepAsync(
            told,
            """{"status_line":"HTTP/1.1 500 \u202eevil","header_names":["server","x-\u0007"],"body":"<script>\u001b[2J\u2066</script>","rpc_code":-32000,"surprise":"unknown member"}"""
        );
        var bomb = await Evidence.KeepAsync(told, "[" + new string('[', 5_000));

        var list = await told.JsonAsync(Here + "evidence?last=1", token);
        var piece = await told.JsonAsync($"{Here}evidence/{id}", token);
        var broken = await told.JsonAsync($"{Here}evidence/{bomb}", token);
        using var absent = await told.SendAsync(Here + "evidence/99999999999", token);

        Assert.Equal(1, list.GetProperty("evidence").GetArrayLength());
        Assert.Equal(bomb.ToString(), list.GetProperty("next").GetString());
        var untrusted = piece.GetProperty("untrusted");
        Assert.Equal("HTTP/1.1 500 \\u{202e}evil", untrusted.GetProperty("status_line").GetString());
        Assert.Equal("<script>\\u{1b}[2J\\u{2066}</script>", untrusted.GetProperty("body").GetString());
        Assert.Equal("x-\\u{7}", untrusted.GetProperty("header_names")[1].GetString());
        Assert.False(untrusted.TryGetProperty("surprise", out _));
        Assert.Equal(JsonValueKind.Null, broken.GetProperty("untrusted").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    [Fact]
    public async Task An_erased_server_is_not_found()
    {
        await ListAsync("gone", 2_002);
        await using (var connection = await told.Api.Storage.Doors.AllTenants.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("SELECT erasure.bury(2, 2002); SELECT erasure.erase_server(2, 2002)");
        }

        using var answer = await told.SendAsync("servers/gone/uptime");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task ListAsync(string slug, int server)
    {
        await using var connection = await told.Api.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO servers.public_listing (public_slug, tenant_id, server_id, name, display_url, tags, paused)
            VALUES (@slug, 2, @server, 'A server', 'https://mcp.example.com', '{}', false)
            """,
            new { slug, server }
        );
    }
}
