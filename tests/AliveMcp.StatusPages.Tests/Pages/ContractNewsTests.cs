using System.Text;
using AliveMcp.Archive.Drift;
using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Tests.Looks;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.StatusPages.Tests.Pages;

public sealed class ContractNewsTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>\u202e";

    [Fact]
    public async Task The_last_change_is_told_line_by_line()
    {
        var html = await PageAsync(MadeUp.Contract());

        Assert.Contains("What changed last", html, StringComparison.Ordinal);
        Assert.Contains("<code>search_flights</code>", html, StringComparison.Ordinal);
        Assert.Contains("The parameter &quot;date&quot; must now be there.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Texts to look at", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Earlier_changes_are_a_line_each()
    {
        var html = await PageAsync(MadeUp.Contract());

        Assert.Contains("Before that", html, StringComparison.Ordinal);
        Assert.Contains(">unstable</span>", html, StringComparison.Ordinal);
        Assert.Contains("14 Sep 2026, 21:15 UTC</time>, 1 change", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_contract_has_no_news()
    {
        var html = await PageAsync(MadeUp.Contract() with { Drifts = [] });

        Assert.DoesNotContain("What changed last", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_words_stay_text_and_the_page_small()
    {
        var changes = Enumerable.Repeat(new PanelChange("breaking", "x", Hostile, "/x", Hostile), 40);
        var findings = Enumerable.Repeat(new PanelFinding("x", Hostile, "/x", Hostile, Hostile), 20);

        var html = await PageAsync(
            MadeUp.Contract() with
            {
                Drifts = [MadeUp.Drift(DateTimeOffset.UnixEpoch, [.. changes]) with { ChangeCount = 20_000 }],
                Findings = [.. findings],
            }
        );

        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', html);
        Assert.Contains("and 19,996 more", html, StringComparison.Ordinal);
        Assert.Contains("Texts to look at", html, StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(ContractPanel contract)
    {
        var view = MadeUp.View(MadeUp.Server("news", "News"), MadeUp.Live());
        var page = await new PageRenderer(NullLoggerFactory.Instance).StatusAsync(
            view with
            {
                Facts = view.Facts! with { Contract = contract },
            }
        );
        return Encoding.UTF8.GetString(page.Body.Span);
    }
}
