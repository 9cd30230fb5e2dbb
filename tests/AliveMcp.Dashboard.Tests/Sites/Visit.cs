using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AliveMcp.Dashboard.Tests.Sites;

/// <summary>One browser without script: cookies, pages, forms. Every request goes to the other of the two processes.</summary>
public sealed class Visit : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly IReadOnlyList<string> _urls;
    private int _turn;

    public Visit(Site site)
    {
        _urls = site.Urls;
#pragma warning disable RS0030 // The test's own server on loopback, not a stranger.
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false });
#pragma warning restore RS0030
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public HttpResponseMessage Answer { get; private set; } = null!;

    public IHtmlDocument Page { get; private set; } = null!;

    public string Text => Page.Body!.TextContent;

    public HttpClient Http => _http;

    public string Here => _urls[_turn++ % _urls.Count];

    /// <summary>Comes in as somebody who is signed in already.</summary>
    public Visit Enter(string token)
    {
        foreach (var url in _urls)
        {
            _cookies.Add(new Uri(url), new Cookie("alivemcp_session", token));
        }

        return this;
    }

    /// <summary>Opens a page and follows redirects as browsers do.</summary>
    public async Task<Visit> OpenAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(Here), Local(path)));
        await TakeAsync(await _http.SendAsync(request));
        return this;
    }

    /// <summary>Fills the form whose button says this, and presses it.</summary>
    public async Task<Visit> PressAsync(string button, params (string Name, string Value)[] fields)
    {
        var pressed = Page.QuerySelectorAll("button")
            .OfType<IHtmlButtonElement>()
            .First(one => one.TextContent.Trim() == button);
        var form = pressed.Form!;
        var values = form
            .Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Name is { Length: > 0 })
            .Where(input => input.Type is not ("checkbox" or "radio") || input.IsChecked)
            .Select(input => (input.Name!, input.Value))
            .Concat(form.Elements.OfType<IHtmlTextAreaElement>().Select(area => (area.Name!, area.Value)))
            .Concat(form.Elements.OfType<IHtmlSelectElement>().Select(select => (select.Name!, select.Value ?? "")))
            .Where(value => fields.All(field => field.Name != value.Item1))
            .Concat(fields);
        var action = pressed.GetAttribute("formaction") ?? form.GetAttribute("action")!;
        return await PostAsync(action, [.. values], "same-origin");
    }

    /// <summary>Sends a form of one's own making.</summary>
    public async Task<Visit> PostAsync(string path, (string Name, string Value)[] fields, string? site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(Here), Local(path)));
        request.Content = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        if (site is not null)
        {
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        }

        await TakeAsync(await _http.SendAsync(request));
        return this;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Links in letters name one of the processes; the other one does as well.</summary>
    private static string Local(string path) =>
        Uri.TryCreate(path, UriKind.Absolute, out var url) && url.Scheme == "http" ? url.PathAndQuery : path;

    private async Task TakeAsync(HttpResponseMessage answer)
    {
        Answer = answer;
        if (answer.Headers.Location is { } next && (int)answer.StatusCode is 302 or 303)
        {
            await OpenAsync(next.OriginalString);
            return;
        }

        Page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }
}
