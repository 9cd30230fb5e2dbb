using System.Net;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>What an owner does to servers over two replicas, and what is refused.</summary>
public sealed class OwnServersTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private string _alice = "";

    public async ValueTask InitializeAsync() => _alice = await replicas.KeyAsync(Replicas.Alices, "admin");

    [Fact]
    public async Task A_server_is_made_read_changed_paused_resumed_and_erased()
    {
        var made = await PostAsync(
            "/servers",
            """{ "slug": "life", "url": "https://life.example/mcp", "tags": ["a"] }"""
        );
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("/api/v1/servers/life", made.Headers["Location"]);

        var read = await SendAsync("GET", "/servers/life");
        Assert.Equal(made.Etag, read.Etag);
        Assert.Equal("a", (string?)read.Json["settings"]!["tags"]![0]);

        var patched = await SendAsync("PATCH", "/servers/life", """{ "tags": null, "cadence": 5 }""", made.Etag);
        Assert.Equal(HttpStatusCode.OK, patched.Status);
        Assert.Null(patched.Json["settings"]!["tags"]);
        Assert.Equal(5, (int?)patched.Json["settings"]!["cadence"]);
        Assert.NotEqual(made.Etag, patched.Etag);

        Assert.True((bool?)(await PostAsync("/servers/life/pause", "{}")).Json["paused"]);
        var resumed = await PostAsync("/servers/life/resume", "{}");
        Assert.Equal(patched.Etag, resumed.Etag);

        var put = await SendAsync("PUT", "/servers/life", """{ "url": "https://life.example/mcp" }""", resumed.Etag);
        Assert.Equal(1, (int?)put.Json["settings"]!["cadence"]);

        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync("DELETE", "/servers/life", null, put.Etag)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", "/servers/life")).Status);
    }

    [Fact]
    public async Task What_a_server_depends_on_is_made_patched_read_and_ends_with_what_is_erased()
    {
        await PostAsync("/servers", """{ "slug": "deep", "url": "https://deep.example/mcp" }""");
        var made = await PostAsync(
            "/servers",
            """{ "slug": "front", "url": "https://front.example/mcp", "depends_on": ["deep"] }"""
        );
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("deep", (string?)made.Json["settings"]!["depends_on"]![0]);

        var round = await SendAsync("PATCH", "/servers/deep", """{ "depends_on": ["front"] }""", "*");
        Assert.Equal("depends_on_cycle", (string?)round.Json["errors"]![0]!["code"]);

        var none = await SendAsync("PATCH", "/servers/front", """{ "depends_on": null }""", made.Etag);
        Assert.Null(none.Json["settings"]!["depends_on"]);
        await SendAsync("PATCH", "/servers/front", """{ "depends_on": ["deep"] }""", none.Etag);
        await SendAsync("DELETE", "/servers/deep", null, "*");
        Assert.Null((await SendAsync("GET", "/servers/front")).Json["settings"]!["depends_on"]);
    }

    [Fact]
    public async Task A_change_says_which_state_it_changes()
    {
        var made = await PostAsync("/servers", """{ "slug": "state", "url": "https://state.example/mcp" }""");

        Assert.Equal(428, (int)(await SendAsync("PATCH", "/servers/state", """{ "cadence": 5 }""")).Status);
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await SendAsync("PATCH", "/servers/state", """{ "cadence": 5 }""", "\"other\"")).Status
        );
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await SendAsync("PATCH", "/servers/state", """{ "cadence": 5 }""", "W/" + made.Etag)).Status
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await SendAsync("PATCH", "/servers/state", """{ "cadence": 5 }""", "*")).Status
        );
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await SendAsync("DELETE", "/servers/state", null, made.Etag)).Status
        );
    }

    [Fact]
    public async Task Of_two_owners_at_two_replicas_who_change_the_same_state_one_is_told()
    {
        var made = await PostAsync("/servers", """{ "slug": "race", "url": "https://race.example/mcp" }""");

        var both = await Task.WhenAll(
            replicas.Urls.Select(
                (url, place) =>
                    Knock.AtAsync(
                        url,
                        "PATCH",
                        "/api/v1/servers/race",
                        _alice,
                        $$"""{ "name": "owner {{place}}" }""",
                        ("If-Match", made.Etag)
                    )
            )
        );

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.PreconditionFailed],
            both.Select(heard => heard.Status).Order()
        );
    }

    [Theory]
    [InlineData("""{ "slug": "x", "url": "https://x.example/mcp", "tenant_id": 1002 }""", "tenant_id")]
    [InlineData("""{ "slug": "x", "url": "https://x.example/mcp", "managed_by": "demo" }""", "managed_by")]
    [InlineData("""{ "slug": "x", "url": "https://x.example/mcp", "public_slug": "bank" }""", "public_slug")]
    [InlineData("""{ "slug": "X", "url": "https://x.example/mcp" }""", "slug")]
    [InlineData("""{ "slug": "x", "url": "ftp://x.example" }""", "url")]
    [InlineData("""{ "slug": "x", "url": "http://169.254.169.254/" }""", "url")]
    [InlineData(
        """{ "slug": "x", "url": "https://x.example/mcp", "test_calls": [{ "tool": 1, "to": 2 }] }""",
        "test_calls[0].to"
    )]
    public async Task What_nobody_may_set_or_makes_no_sense_is_refused_by_its_field(string body, string field)
    {
        var refused = await PostAsync("/servers", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(field, refused.Field);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("GET", "/servers/x")).Status);
    }

    [Fact]
    public async Task A_slug_is_taken_once_and_stays_with_its_server()
    {
        await PostAsync("/servers", """{ "slug": "once", "url": "https://once.example/mcp" }""");

        var again = await PostAsync("/servers", """{ "slug": "once", "url": "https://twice.example/mcp" }""");
        var moved = await SendAsync("PATCH", "/servers/once", """{ "slug": "elsewhere" }""", "*");

        Assert.Equal((HttpStatusCode.Conflict, "slug_taken"), (again.Status, again.Code));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "slug"), (moved.Status, moved.Field));
    }

    [Fact]
    public async Task Expectations_are_the_same_settings_seen_alone()
    {
        var made = await PostAsync(
            "/servers",
            """{ "slug": "proof", "url": "https://proof.example/mcp", "tags": ["kept"], "expects": "protected" }"""
        );

        var put = await SendAsync(
            "PUT",
            "/servers/proof/expectations",
            """{ "test_calls": [{ "tool": "ping", "arguments": { "n": 1.50 }, "allow": true, "equals": null, "json_path": "$.a" }] }""",
            made.Etag
        );
        var read = await SendAsync("GET", "/servers/proof/expectations");
        var whole = await SendAsync("GET", "/servers/proof");

        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal(put.Text, read.Text);
        Assert.Contains("1.50", read.Text, StringComparison.Ordinal);
        Assert.Equal("kept", (string?)whole.Json["settings"]!["tags"]![0]);
        Assert.Null(whole.Json["settings"]!["expects"]);
        Assert.Equal(put.Etag, whole.Etag);
    }

    [Fact]
    public async Task Maintenance_is_planned_listed_and_taken_back_and_keeps_its_number()
    {
        await PostAsync("/servers", """{ "slug": "works", "url": "https://works.example/mcp" }""");
        var first = await PostAsync("/servers/works/maintenance", Window("2031-01-01", "first"));
        var second = await PostAsync("/servers/works/maintenance", Window("2030-01-01", "second"));
        Assert.Equal(HttpStatusCode.Created, second.Status);

        await SendAsync("DELETE", $"/servers/works/maintenance/{second.Json["id"]}");
        var left = await SendAsync("GET", "/servers/works/maintenance");

        Assert.Equal([(int?)first.Json["id"]], left.Json["maintenance"]!.AsArray().Select(row => (int?)row!["id"]));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await SendAsync("DELETE", $"/servers/works/maintenance/{second.Json["id"]}")).Status
        );
        Assert.Equal(
            "to",
            (await PostAsync("/servers/works/maintenance", """{ "from": "2030-01-01T00:00Z" }""")).Field
        );
    }

    [Fact]
    public async Task What_is_exported_and_applied_changes_nothing_but_whose_list_it_is()
    {
        await PostAsync(
            "/servers",
            """{ "slug": "round", "url": "https://round.example/mcp", "tags": ["a"], "slow_after": "800ms", "watch": false, "slo": { "target": 99.5 } }"""
        );
        await PostAsync("/servers/round/maintenance", Window("2032-01-01", "trip"));
        var file = await SendAsync("GET", "/export/servers");

        var first = await PostAsync("/servers/apply", file.Text);
        var second = await PostAsync("/servers/apply", file.Text);

        Assert.All(
            first.Json["fields"]!.AsObject(),
            changed => Assert.Equal("""["managed_by"]""", changed.Value!.ToJsonString())
        );
        Assert.Empty(second.Json["changed"]!.AsArray());
        Assert.Empty(second.Json["created"]!.AsArray());
        Assert.Contains("round", second.Json["unchanged"]!.AsArray().Select(one => (string?)one));
    }

    private static string Window(string day, string note) =>
        $$"""{ "from": "{{day}}T00:00:00Z", "to": "{{day}}T01:00:00Z", "note": "{{note}}" }""";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Heard> PostAsync(string path, string body) => SendAsync("POST", path, body);

    private Task<Heard> SendAsync(string method, string path, string? body = null, string? ifMatch = null) =>
        Knock.AtAsync(
            replicas.Urls[path.Length % 2],
            method,
            "/api/v1" + path,
            _alice,
            body,
            ifMatch is null ? [] : [("If-Match", ifMatch)]
        );
}
