// What pages gain by script, and do without where it does not run.

// The switch between day and night. What holds now was set in <head>, before anything was painted.
{
  const root = document.documentElement;
  const choices = document.querySelectorAll('.scheme input');
  const show = (scheme) => {
    root.dataset.scheme = scheme;
    for (const choice of choices) choice.checked = choice.value === scheme;
  };
  for (const choice of choices) {
    choice.addEventListener('change', () => {
      show(choice.value);
      try {
        localStorage.setItem('scheme', choice.value);
      } catch {
        // It holds for this page, then.
      }
    });
  }
  // Another tab has chosen.
  addEventListener('storage', (event) => {
    if (event.key === 'scheme') show(event.newValue || 'auto');
  });
  show(root.dataset.scheme || 'auto');
}
