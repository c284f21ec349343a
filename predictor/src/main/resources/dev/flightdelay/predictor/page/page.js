// The page works without this: it adds a random example, copying, and answers without reloading.
(() => {
  'use strict';
  const form = document.getElementById('form');
  const answer = document.getElementById('answer');
  const keyField = document.getElementById('key-field');
  const key = document.getElementById('key');
  const userField = document.getElementById('user-field');
  const user = document.getElementById('user');
  const choices = () => form.querySelectorAll('.choice > select');
  const numbers = () => form.querySelectorAll('.numbers input');
  const columns = () => form.querySelectorAll('.columns input');

  document.querySelectorAll('.scripted').forEach(element => { element.hidden = false; });
  document.getElementById('zeros').hidden = numbers().length === 0;
  document.querySelectorAll('.curl').forEach(command => {
    command.textContent = command.textContent.replace(command.dataset.origin, location.origin);
  });

  const pick = count => Math.floor(Math.random() * count);

  document.getElementById('random').addEventListener('click', () => {
    unmark();
    choices().forEach(select => { select.selectedIndex = 1 + pick(select.options.length - 1); });
    columns().forEach(input => { input.value = ''; });
    numbers().forEach(input => {
      input.value = form.dataset.kind === 'flags'
        ? String(Number(Math.random() < 0.25))
        : (Math.random() * 4 - 2).toFixed(2);
    });
  });

  document.getElementById('zeros').addEventListener('click', () => {
    numbers().forEach(input => { if (input.value.trim() === '') input.value = '0'; });
  });

  document.getElementById('clear').addEventListener('click', event => {
    event.preventDefault();
    unmark();
    form.querySelectorAll('select').forEach(select => { select.value = ''; });
    form.querySelectorAll('[inputmode]').forEach(input => { input.value = ''; });
    answer.replaceChildren(
      paragraph('verdict waiting', 'No answer yet'),
      paragraph('note', 'Fill in the fields and press Predict. Or begin with a random example.'));
    form.querySelector('select, .numbers input').focus();
  });

  document.querySelectorAll('.copy').forEach(button => button.addEventListener('click', async () => {
    const command = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = 'Copied';
    } catch {
      // The clipboard is for secure pages only: select, so that one key copies.
      getSelection().selectAllChildren(command);
      button.textContent = 'Selected: press Ctrl+C';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 3000);
  }));

  let asked = 0;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const question = ++asked;
    answer.setAttribute('aria-busy', 'true');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };
    if (user.value) headers.Authorization = 'Basic ' + base64(user.value + ':' + key.value);
    else if (key.value) headers.Authorization = 'Bearer ' + key.value;
    try {
      // Without the browser's own credentials, so that it does not ask for a password by itself, and keep it.
      const response = await fetch(form.action, {
        method: 'POST', credentials: 'omit', headers, body: new URLSearchParams(new FormData(form)).toString() });
      const text = await response.text();
      if (question === asked) show(response, text);
    } catch {
      if (question === asked) problem('The predictor does not answer. Check that it runs, then send again.');
    } finally {
      if (question === asked) answer.removeAttribute('aria-busy');
    }
  });

  function show(response, text) {
    unmark();
    const type = response.headers.get('Content-Type') || '';
    const page = type.startsWith('text/html') ? new DOMParser().parseFromString(text, 'text/html') : null;
    const told = page && page.getElementById('answer');
    if (response.status === 401) {
      askWho(response.headers.get('WWW-Authenticate') || '');
      problem(key.value ? 'The predictor does not know that. Enter another one and send again.'
        : 'The predictor wants to know who asks. Enter your key or password and send again.');
      (userField.hidden || user.value ? key : user).focus();
      return;
    }
    if (!told) {
      problem(message(text) || 'The predictor answered with status ' + response.status + '. Send again in a moment.');
      return;
    }
    answer.replaceChildren(...told.childNodes);
    const marked = page.querySelector('[aria-invalid]');
    if (marked) mark(document.getElementById(marked.id));
    else if (answer.getBoundingClientRect().top < 0 || answer.getBoundingClientRect().top > innerHeight * 0.7) {
      answer.scrollIntoView({ block: 'start' });
    }
  }

  function askWho(challenges) {
    const passwords = /\bBasic\b/i.test(challenges);
    const keys = !passwords || /\bBearer\b/i.test(challenges);
    keyField.hidden = false;
    userField.hidden = !passwords;
    document.getElementById('user-note').textContent = keys ? 'Leave it empty for a key or token.' : '';
    document.querySelector('label[for=key]').textContent =
      !passwords ? 'API key or token' : keys ? 'Password, API key or token' : 'Password';
  }

  function base64(text) {
    return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  }

  function message(text) {
    try {
      const error = JSON.parse(text);
      return error.error || error.error_message;
    } catch {
      return '';
    }
  }

  function problem(sentence) {
    const box = document.createElement('div');
    box.id = 'problem';
    box.className = 'problem';
    box.setAttribute('role', 'alert');
    const title = document.createElement('h2');
    title.textContent = 'There is no answer';
    box.append(title, paragraph('', sentence));
    answer.replaceChildren(box);
  }

  function mark(field) {
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', 'problem');
    const details = field.closest('details');
    if (details) details.open = true;
    field.focus();
  }

  function unmark() {
    form.querySelectorAll('[aria-invalid]').forEach(field => {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
    });
  }

  function paragraph(kind, text) {
    const element = document.createElement('p');
    element.className = kind;
    element.textContent = text;
    return element;
  }
})();
