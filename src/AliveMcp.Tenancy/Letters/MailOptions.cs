namespace AliveMcp.Tenancy.Letters;

/// <summary>The mail server that letters go out by; section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>Host of the mail server, for example <c>smtp.example.com</c>. Null, the default: no mail; links are written into our own log.</summary>
    public string? Host { get; set; }

    /// <summary>Its port. Default 587 (submission), 1 to 65535.</summary>
    public int Port { get; set; } = 587;

    /// <summary><c>starttls</c> (the default; a server without it gets no letter) or <c>none</c>, for a relay on this machine.</summary>
    public string Security { get; set; } = "starttls";

    /// <summary>User name; null, the default: no authentication.</summary>
    public string? User { get; set; }

    /// <summary>Password; required with a user name.</summary>
    public string? Password { get; set; }

    /// <summary>The sender's address, for example <c>alivemcp@example.com</c>; required with a host.</summary>
    public string? From { get; set; }

    /// <summary>How long one letter may take. Default 20 s, 1 s to 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}
