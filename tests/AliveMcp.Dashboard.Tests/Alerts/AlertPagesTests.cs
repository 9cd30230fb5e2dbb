using System.Net;
using AliveMcp.Dashboard.Tests.Sites;
using AngleSharp.Html.Dom;

namespace AliveMcp.Dashboard.Tests.Alerts;

/// <summary>The pages about alerts, by people of every role, in two web processes that take turns.</summary>
public sealed class AlertPagesTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task An_incident_is_opened_spoken_of_left_out_and_ended_by_hand()
    {
        var scene = await AlertScene.MakeAsync(site);
        await scene.ServerAsync();
        using var alice = await scene.VisitAsync("editor");
        await alice.OpenAsync(scene.At("incidents/new"));
        await alice.PressAsync("Open it", ("server", "nowhere"), ("summary", "Answers are wrong"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, alice.Answer.StatusCode);
        Assert.Equal("Answers are wrong", ((IHtmlInputElement)alice.Page.GetElementById("summary")!).Value);
        Assert.NotNull(alice.Page.GetElementById("server-wrong"));

        await alice.PressAsync("Open it", ("server", "weather"), ("severity", "P1"));
        Assert.Equal("1 open", alice.Page.QuerySelector(".badge")!.TextContent.Trim());
        await alice.PressAsync("Say it", ("text", "We look.\r\nMore at noon."));
        Assert.Contains("We look. More at noon.", alice.Text, StringComparison.Ordinal);
        await alice.PressAsync("Say it", ("text", "It was the intern."), ("to", "members"));
        Assert.Contains("Noted, for members alone", alice.Text, StringComparison.Ordinal);
        await alice.PressAsync("Leave it out", ("reason", "a drill"));
        Assert.Contains("Does not count: a drill", alice.Text, StringComparison.Ordinal);
        await alice.PressAsync("Let it count again");
        await alice.PressAsync("Acknowledge");
        Assert.Contains("Acknowledged.", alice.Text, StringComparison.Ordinal);
        await alice.PressAsync("It is over");
        Assert.Null(alice.Page.QuerySelector(".badge"));

        var told = await scene.ScalarAsync<long>(
            "SELECT count(*) FROM storage.outbox WHERE record::text LIKE '%intern%' AND @tenant > 0",
            new { }
        );
        Assert.Equal(0, told);
    }

    [Fact]
    public async Task The_address_says_which_incidents_are_shown_and_pages_follow_each_other()
    {
        var scene = await AlertScene.MakeAsync(site);
        var server = await scene.ServerAsync();
        for (var number = 1; number <= 27; number++)
        {
            await scene.IncidentAsync(server, kind: 4, severity: 3, ago: 100, summary: $"Change {number}", lasted: 1);
        }

        await scene.IncidentAsync(server);
        using var alice = await scene.VisitAsync();
        await alice.OpenAsync(scene.At("incidents"));
        Assert.Single(alice.Page.QuerySelectorAll(".happened > li"));
        await alice.OpenAsync(scene.At("incidents?state=all&kind=drift&severity=P3&server=weather"));
        Assert.Equal(25, alice.Page.QuerySelectorAll(".happened > li").Length);
        await alice.OpenAsync(scene.At("incidents") + alice.Page.QuerySelector(".pager a")!.GetAttribute("href"));
        Assert.Equal(2, alice.Page.QuerySelectorAll(".happened > li").Length);
        await alice.OpenAsync(scene.At("incidents?state=all&server=nowhere"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, alice.Answer.StatusCode);
        Assert.NotNull(alice.Page.GetElementById("server-wrong"));
    }

    [Fact]
    public async Task Who_is_overtaken_loses_nothing_and_decides_anew()
    {
        var scene = await AlertScene.MakeAsync(site);
        var rule = await scene.RuleAsync(await scene.SinkAsync("ops"));
        using var alice = await scene.VisitAsync();
        using var bob = await scene.VisitAsync("admin");
        await alice.OpenAsync(scene.At($"rules/{rule}"));
        await bob.OpenAsync(scene.At($"rules/{rule}"));
        await bob.PressAsync("Save", ("tags", "prod"));
        await alice.PressAsync("Save", ("name", "nights"), ("after_0", "7"));

        Assert.Contains("Somebody changed this rule", alice.Text, StringComparison.Ordinal);
        Assert.Contains("tagged prod", alice.Text, StringComparison.Ordinal);
        Assert.Equal("nights", ((IHtmlInputElement)alice.Page.GetElementById("name")!).Value);
        Assert.Equal("7", ((IHtmlInputElement)alice.Page.GetElementById("after_0")!).Value);

        await alice.PressAsync("Save what I typed");
        Assert.Contains("to ops after 7 min unless somebody looks after it", alice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_rule_stands_beside_its_field_and_what_was_typed_stays()
    {
        var scene = await AlertScene.MakeAsync(site);
        await scene.SinkAsync("ops");
        using var alice = await scene.VisitAsync();
        await alice.OpenAsync(scene.At("rules/new"));
        await alice.PressAsync(
            "Add it",
            ("name", "on call"),
            ("regions", "Mars Base"),
            ("quiet_from", "22:00"),
            ("quiet_to", "07:00"),
            ("quiet_zone", "Berlin")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, alice.Answer.StatusCode);
        Assert.StartsWith(
            "This is no IANA time zone",
            alice.Page.GetElementById("quiet_zone-wrong")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.NotNull(alice.Page.GetElementById("regions-wrong"));
        Assert.Equal("Mars Base", ((IHtmlInputElement)alice.Page.GetElementById("regions")!).Value);
    }

    [Fact]
    public async Task Maintenance_is_planned_once_and_again_and_taken_back()
    {
        var scene = await AlertScene.MakeAsync(site);
        await scene.ServerAsync();
        using var alice = await scene.VisitAsync("editor");
        await alice.OpenAsync(scene.At("maintenance"));
        await alice.PressAsync(
            "Plan it",
            ("which", "weather"),
            ("from", "2031-03-02T22:00"),
            ("to", "2031-03-02T21:00")
        );
        Assert.NotNull(alice.Page.GetElementById("to-wrong"));
        await alice.PressAsync(
            "Plan it",
            ("to", "2031-03-02T23:30"),
            ("note", "Patches"),
            ("rrule", "FREQ=WEEKLY"),
            ("zone", "Europe/Berlin")
        );
        Assert.True(
            alice.Text.Contains("for 1 h 30 min, every week, Europe/Berlin", StringComparison.Ordinal),
            alice.Page.QuerySelector("main")!.TextContent
        );
        await alice.PressAsync("Take back");
        Assert.Contains("None is planned.", alice.Text, StringComparison.Ordinal);
        await alice.PressAsync(
            "Plan it",
            ("which", "nowhere"),
            ("from", "2031-03-02T22:00"),
            ("to", "2031-03-02T23:00")
        );
        Assert.NotNull(alice.Page.GetElementById("which-wrong"));
        await alice.PressAsync("Plan it", ("whose", "tags"), ("which", "prod, eu"));
        Assert.True(
            alice.Text.Contains("servers tagged", StringComparison.Ordinal),
            alice.Page.QuerySelector("main")!.TextContent
        );
    }

    [Fact]
    public async Task The_alerts_of_a_server_say_what_they_mean_and_are_changed()
    {
        var scene = await AlertScene.MakeAsync(site);
        var server = await scene.ServerAsync();
        await scene.IncidentAsync(server);
        using var alice = await scene.VisitAsync("editor");
        await alice.OpenAsync(scene.At("servers/weather"));
        Assert.Contains("You hear of an outage after", alice.Text, StringComparison.Ordinal);
        Assert.NotNull(alice.Page.QuerySelector("a[href*='/incidents/']"));
        await alice.PressAsync("Save", ("confirm", "four"), ("kind_drift", "off"));
        Assert.NotNull(alice.Page.GetElementById("confirm-wrong"));
        await alice.PressAsync("Save", ("confirm", "1 of 1"));

        Assert.True(
            alice.Text.Contains("after 5-40 s", StringComparison.Ordinal),
            alice.Page.QuerySelector("main")!.TextContent
        );
        Assert.Equal("off", ((IHtmlSelectElement)alice.Page.GetElementById("kind_drift")!).Value);
    }

    [Fact]
    public async Task A_message_is_sent_once_more_from_where_it_is_listed()
    {
        var scene = await AlertScene.MakeAsync(site);
        var incident = await scene.IncidentAsync(await scene.ServerAsync());
        await scene.DeliveryAsync(await scene.SinkAsync("ops"), incident, "dead", tries: 14, status: 503);
        using var alice = await scene.VisitAsync("editor");
        await alice.OpenAsync(scene.At($"incidents/{incident}"));
        Assert.Contains("given up", alice.Text, StringComparison.Ordinal);

        await alice.PressAsync("Send again");

        Assert.Contains("It is on its way once more.", alice.Text, StringComparison.Ordinal);
        Assert.EndsWith(
            $"/incidents/{incident}?done=redelivered",
            alice.Answer.RequestMessage!.RequestUri!.PathAndQuery,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_hostile_name_is_shown_as_text()
    {
        var scene = await AlertScene.MakeAsync(site);
        var server = await scene.ServerAsync("evil", "<img src=x onerror=alert(1)>\u202egpj");
        var incident = await scene.IncidentAsync(server, summary: "<script>alert(1)</script> \u202e is down");
        using var alice = await scene.VisitAsync();
        foreach (var page in new[] { "incidents", $"incidents/{incident}", "servers/evil" })
        {
            await alice.OpenAsync(scene.At(page));
            Assert.Empty(alice.Page.QuerySelectorAll("main script, main img"));
            Assert.DoesNotContain('\u202e', alice.Page.DocumentElement.OuterHtml);
        }
    }
}
