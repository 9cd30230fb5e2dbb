using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Evidence;

/// <summary>An exchange while it goes on. Keeps what it sees raw; redaction happens when it is read, once all secrets are known.</summary>
internal sealed class OpenExchange
{
    private const int MostHeaders = 100;

    // A secret that straddles the cut must still be found whole.
    private const int Slack = 4 * 1024;

    private readonly Transcript _transcript;
    private readonly string _method;
    private readonly Uri _url;
    private readonly List<(string Name, string Value)> _asked;
    private readonly string? _body;
    private readonly TimeSpan _beganAt;
    private readonly TimeSpan _setUpBefore;
    private readonly MemoryStream _heard = new();
    private List<(string Name, string Value)> _answered = [];
    private (int Status, string Line)? _status;
    private TimeSpan? _sentAt;
    private TimeSpan? _headAt;
    private TimeSpan _endAt;
    private TimeSpan _setUp;
    private long _bytes;
    private string? _fault;

    public OpenExchange(Transcript transcript, HttpRequestMessage request, ProbeOrder order, TimeSpan setUpBefore)
    {
        (_transcript, _setUpBefore, _beganAt) = (transcript, setUpBefore, transcript.Now);
        (_method, _url) = (request.Method.Method, request.RequestUri!);
        _asked = Lines(request.Headers, request.Content?.Headers);
        _body = Text(request.Content);
        Step = ExchangeSteps.Of(request, _body, order);
        _endAt = _beganAt;
    }

    public ProbeStep Step { get; }

    public HttpResponseMessage? Response { get; private set; }

    public void Answered(HttpResponseMessage response, long lastSent)
    {
        Response = response;
        (_headAt, _sentAt) = (_transcript.Now, _transcript.At(lastSent));
        _endAt = _headAt.Value;
        _setUp = _transcript.SetUp() - _setUpBefore;
        _status = (
            (int)response.StatusCode,
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}"
            )
        );
        _answered = Lines(response.Headers, response.Content.Headers);
    }

    public void Failed(WireFault fault, string? detail)
    {
        (_fault, _endAt) = (detail ?? fault.ToString(), _transcript.Now);
        _setUp = _transcript.SetUp() - _setUpBefore;
    }

    /// <summary>Takes some of the answer's body as it is read.</summary>
    public void Hear(ReadOnlySpan<byte> bytes)
    {
        _endAt = _transcript.Now;
        _bytes += bytes.Length;
        var room = Transcript.MostBodyBytes + Slack - (int)_heard.Length;
        _heard.Write(bytes[..Math.Min(bytes.Length, room)]);
    }

    public Exchange Read(int number, SecretBook secrets)
    {
        var heard = Encoding.UTF8.GetString(_heard.GetBuffer(), 0, (int)_heard.Length);
        var kept = Math.Min(_heard.Length, Transcript.MostBodyBytes);
        return new Exchange
        {
            Number = number,
            Step = Step,
            Method = _method,
            Url = secrets.Clean(_url),
            RequestHeaders = [.. _asked.Select(secrets.Clean)],
            RequestBody = _body is null ? null : secrets.CleanOurs(_body),
            BeganAt = _beganAt,
            SentAt = _sentAt,
            HeadAt = _headAt,
            EndAt = _endAt,
            SetUp = _setUp,
            Status = _status?.Status,
            StatusLine = _status is { } status ? secrets.Clean(status.Line, 300) : null,
            ResponseHeaders = [.. _answered.Select(secrets.Clean)],
            ResponseBody = secrets.CleanLines(heard, (int)kept),
            ResponseBytes = _bytes,
            CutBytes = _bytes - kept,
            Fault = _fault is null ? null : secrets.Clean(_fault, 300),
        };
    }

    private static List<(string Name, string Value)> Lines(HttpHeaders headers, HttpHeaders? content)
    {
        var lines = new List<(string Name, string Value)>();
        foreach (
            var header in content is null ? headers.NonValidated : headers.NonValidated.Concat(content.NonValidated)
        )
        {
            lines.AddRange(header.Value.Select(value => (header.Key, value)));
        }

        return lines.Count <= MostHeaders ? lines : lines[..MostHeaders];
    }

    // Our own contents lie in memory: copying them neither waits nor uses them up.
    private static string? Text(HttpContent? content)
    {
        if (content is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        content.CopyTo(bytes, null, CancellationToken.None);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
