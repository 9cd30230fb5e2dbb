using System.Text.RegularExpressions;
using AliveMcp.Dashboard.Tests.Looks;
using AliveMcp.Dashboard.Tests.Sites;
using AliveMcp.Testing.Sinks;
using AliveMcp.Testing.Time;
using Microsoft.Playwright;

namespace AliveMcp.Dashboard.Tests.Alerts;

/// <summary>What somebody does who has no mouse, in a real browser: nothing here is clicked.</summary>
public sealed partial class KeyboardTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_sink_is_added_and_proven_by_keys_alone()
    {
        var scene = await AlertScene.MakeAsync(site);
        await using var browser = await Browser.StartAsync();
        await browser.EnterAsync(site.Urls[0], (await scene.PersonAsync()).Token);
        var page = browser.Page;
        await page.GotoAsync(site.Urls[0] + scene.At("sinks"));
        await ReachAsync(page, "Add the first sink");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sinks/new");
        await ReachAsync(page, "Slack");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sinks/new?kind=slack");
        await ReachAsync(page, "name");
        await page.Keyboard.TypeAsync("ops");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(site.Slack.Webhook.ToString());
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sinks/*?done=sink_made");

        var code = await Eventually.GetAsync(
            () => Task.FromResult(site.Slack.Taken.Select(CodeIn).LastOrDefault(one => one.Length > 0) ?? ""),
            one => one.Length > 0,
            TimeSpan.FromSeconds(60)
        );
        Assert.Equal("code", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.TypeAsync(code);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sinks/*?done=verified");
        Assert.Equal("proven", await page.TextContentAsync(".chip"));
        Assert.DoesNotContain("abcdefghijklmnopqrstuvwx", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_is_found_and_acknowledged_by_keys_alone()
    {
        var scene = await AlertScene.MakeAsync(site);
        await scene.IncidentAsync(await scene.ServerAsync());
        await using var browser = await Browser.StartAsync();
        await browser.EnterAsync(site.Urls[0], (await scene.PersonAsync("editor")).Token);
        var page = browser.Page;
        await page.GotoAsync(site.Urls[0] + scene.At("members"));
        await ReachAsync(page, "Incidents");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/incidents");
        await ReachAsync(page, "Weather tools is down");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/incidents/*");
        await ReachAsync(page, "Acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**?done=acknowledged");

        Assert.Equal("acknowledged", await page.TextContentAsync(".chip"));
    }

    /// <summary>Presses Tab until what has the focus says this or is called so.</summary>
    private static async Task ReachAsync(IPage page, string what)
    {
        for (var step = 0; step < 60; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            var at = await page.EvaluateAsync<string>(
                "(document.activeElement.id || '') + '|' + document.activeElement.innerText.trim()"
            );
            var (id, text) = (at.Split('|')[0], at[(at.IndexOf('|', StringComparison.Ordinal) + 1)..]);
            if (id == what || text.StartsWith(what, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"Nobody comes to '{what}' by keys.");
    }

    private static string CodeIn(TakenRequest request) => Code().Match(request.Body).Value;

    [GeneratedRegex(@"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b")]
    private static partial Regex Code();
}
